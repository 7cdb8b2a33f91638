// Before anything is painted: the theme chosen on this device. Not a module, so that it doesn't wait.
try {
  const { theme } = JSON.parse(localStorage.getItem("moro.desk.preferences")) ?? {};
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Nothing is kept on this device: the theme follows it.
}
