/** Decides the screen by where the account stands. */
export function App() {
  return null;
}
