## What happened, and what to do: one pair a code

error-reference = Reference for the helpdesk: { $reference }
error-copy = Copy the details

error-offline = Your ministry’s messaging service does not answer.
error-offline-todo = Check your network connection, then try again.
error-unknownServer = No messaging service was found at this address.
error-unknownServer-todo = Check the address, or type the server by hand if you were given one.
error-notMatrix = The server that was found is not a messaging service Pli can use.
error-notMatrix-todo = Check the address, or ask the helpdesk for the exact name of the server.
error-certificateExpired = The certificate of the messaging service has expired.
error-certificateExpired-todo = Pli does not connect, to protect your messages. Check the date of this computer, then tell the helpdesk.
error-certificateInvalid = The identity of the server could not be verified.
error-certificateInvalid-todo = Pli does not connect, to protect your messages. Tell your ministry’s helpdesk.
error-wrongPassword = Wrong address or password.
error-wrongPassword-todo = Check capital letters, then try again.
error-accountDeactivated = This account has been deactivated.
error-accountDeactivated-todo = Ask your ministry’s helpdesk.
error-accountExpired = This account has expired.
error-accountExpired-todo = Renew it from the message you received, or ask your ministry’s helpdesk.
error-rateLimited = Too many attempts in a short time.
error-rateLimited-todo = Wait a moment, then try again.
error-rateLimited-wait = { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
}
error-passwordNotSupported = This messaging service does not sign in with a password.
error-passwordNotSupported-todo = This version of Pli cannot use your ministry’s portal yet. Ask the helpdesk.
error-wrongRecoveryCode = This is not the right code.
error-wrongRecoveryCode-todo = Check each group of characters, capital letters included.
error-recoveryMalformed = This code cannot be read.
error-recoveryMalformed-todo = A code is made of groups of four letters or digits, without zero or capital O. If it is exact, the backup was made by another application and Pli cannot open it.
error-wrongPassphrase = This is not the right passphrase.
error-wrongPassphrase-todo = Check capital letters and spaces, then try again.
error-keyringUnavailable = The keyring of this computer does not answer.
error-keyringUnavailable-todo = Unlock the keyring, or log in again on this computer.
error-storeFull = The disk of this computer is full.
error-storeFull-todo = Free some space, then try again.
error-forbidden = You are not allowed to do that here.
error-forbidden-todo = Ask an administrator of the room.
error-notFound = It cannot be found.
error-notFound-todo = It may have been deleted in the meantime.
error-tooLarge = The file is too large for the messaging service.
error-tooLarge-todo = Make it smaller or share it another way.
error-unsupportedMedia = This type of file is not accepted.
error-unsupportedMedia-todo = Choose a PNG, JPEG, GIF or WebP image.
error-notAKeyFile = This file holds no message keys.
error-notAKeyFile-todo = Choose a file of keys exported by Pli or by another Matrix application.
error-fileRefused = The file cannot be read or written in this place.
error-fileRefused-todo = Choose another folder, or check your rights on this one.
error-invalidInput = This address is not complete.
error-invalidInput-todo = Write it as @firstname.lastname:ministry.example.
error-noQrCode = No QR code was found in this picture.
error-noQrCode-todo = Take a sharp picture of the whole code, then try again.
error-wrongQrCode = This QR code is not the one of this verification.
error-wrongQrCode-todo = Show the code again on the other screen, then try again.
error-nothingToVerify = There is nothing to verify here.
error-nothingToVerify-todo = This person or device has not set up encryption yet.
error-identityChanged = An identity that you had verified has changed in this room.
error-identityChanged-todo = Nothing was sent. Choose first in the red banner of the room.
error-cancelled = The action was cancelled.
error-cancelled-todo = You can start again.
error-internal = Something did not work.
error-internal-todo = Try again. If it goes on, give the reference to the helpdesk.
