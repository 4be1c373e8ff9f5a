// The form hides cases that do not fit; without scripts it is not there, and every case is.
document.documentElement.classList.add("script");
const form = document.getElementById("filter");
const cases = [...document.querySelectorAll("details.case")];

function apply() {
  const words = form.words.value.toLowerCase().trim();
  const tag = form.tag.value;
  const fits = (each) =>
    (!words || each.textContent.toLowerCase().includes(words)) &&
    (!tag || each.dataset.tags.split("|").includes(tag)) &&
    (!form.only.checked || each.dataset.missed !== "0");
  cases.forEach((each) => { each.hidden = !fits(each); });
  document.getElementById("shown").textContent = `${cases.filter(fits).length} of ${cases.length}`;
}

if (form) {
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
