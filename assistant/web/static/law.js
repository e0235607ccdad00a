// The law: a citation of a regulation that is not shown now asks the server for it, and is lit once it is there.
window.openLaw = (law) => trigger("select", {law});
watch("value", () => window.lightPlace && window.lightPlace());
