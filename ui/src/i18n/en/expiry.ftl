## An account that has expired

sync-expired = Account expired
expired = Your account has expired.
expired-todo = Your messages can still be read, but nothing arrives or leaves. Ask for the renewal message: once you have followed its link, Pli goes on by itself.
expired-ask = Send me the message
expired-asked = The renewal message is on its way to your e-mail address.
composer-expired = Account expired: what you write will leave once the account is renewed.
