// A file that the server has made for this visitor is saved as it comes; it never lies on the server's disk.
watch("value", () => {
  if (!props.value) return;
  const {name, type, data} = JSON.parse(props.value);
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
