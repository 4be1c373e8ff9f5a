// --- the design sheet as a file, and against its sources ---

function keepAsFile() {
  const content = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(toSend(), null, 1))));
  const name = `icat-design-sheet-${new Date().toISOString().slice(0, 10)}.json`;
  download({ name, mime: 'application/json', content });
  tell(`Saved as ${name}. “Open a saved sheet” brings it back, on any computer with this page.`);
}

async function openFile(file) {
  let record = null;
  try {
    record = JSON.parse(await file.text());
  } catch {
    tell('This file is no design sheet saved here.');
    return;
  }
  send('check', { record });
}

function opened(record) {
  const number = sheet.rows.length;
  if (number && !window.confirm(`Replace the ${items(number)} of the sheet with those of the file?`)) return;
  change((now) => Object.assign(now, blank(), { ...record, rows: record.rows.map(whole) }));
  tell(`Opened: ${items(sheet.rows.length)}.`);
  lookUp();
}

// What the sources of the rows say now.
function lookUp() {
  gather(ids(), (...found) => change(() => { told = compare(...found); }));
}
