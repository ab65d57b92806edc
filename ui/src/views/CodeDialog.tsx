import { useText } from "../i18n/text";
import { Dialog } from "../kit/Dialog";
import { toast } from "../kit/Toasts";
import { CodeForm } from "../sign-in/CodeForm";
import { useStore } from "../stores/store";
import { closeDialog, view } from "../stores/view";

/** The recovery code, asked for once more when something is really missing. */
export function CodeDialog() {
  const text = useText();
  const open = useStore(view, (now) => now.dialog === "code");
  return (
    <Dialog open={open} onClose={closeDialog} title={text("access-title")} closeLabel={text("close")} width="narrow" holds>
      <p>{text("access-lead")}</p>
      <CodeForm
        onDone={() => {
          closeDialog();
          toast({ tone: "safe", text: text("access-done") });
        }}
      />
    </Dialog>
  );
}
