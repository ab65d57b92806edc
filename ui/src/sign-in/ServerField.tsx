import { useText } from "../i18n/text";
import { Select } from "../kit/Select";
import { TextField } from "../kit/TextField";
import { policy } from "../stores/policy";
import { useStore } from "../stores/store";

/** No server has this name. */
const other = "";

/** The server, among those that the organisation offers, or typed where it allows others. */
export function ServerField({ server, onChange }: { server: string; onChange: (server: string) => void }) {
  const text = useText();
  const { servers, otherServers } = useStore(policy);
  const offered = servers.map(({ name, label }) => ({ id: name, label }));
  const chosen = servers.some(({ name }) => name === server) ? server : other;
  const choices = otherServers ? [...offered, { id: other, label: text("sign-in-server-other") }] : offered;
  return (
    <>
      {servers.length > 0 ? <Select label={text("sign-in-server-of")} value={chosen} onChange={onChange} options={choices} /> : null}
      {chosen === other ? (
        <TextField
          label={text("sign-in-server")}
          hint={text("sign-in-server-hint")}
          value={server}
          onChange={onChange}
          name="server"
          spellCheck="false"
          autoFocus
        />
      ) : null}
    </>
  );
}
