// winkNLP with custom entities, nothing else switched on.
const fs = require('fs');
const winkNLP = require('wink-nlp');
const model = require('wink-eng-lite-web-model');

const [namesPath, textPath, runs, limit] = process.argv.slice(2);
const now = () => Number(process.hrtime.bigint()) / 1e9;
const began = now();
const names = fs.readFileSync(namesPath, 'utf8').split('\n').slice(0, -1);
const texts = fs.readFileSync(textPath, 'utf8').split('\f\n').slice(0, -1);

const start = now();
const nlp = winkNLP(model, ['cer']);
// | and brackets are signs of its patterns; a word in capitals may be one of
// its own types.
const patterns = names.filter((name) => !/[|[\]]/.test(name));
nlp.learnCustomEntities([{ name: 'name', patterns }], { matchValue: true, useEntity: false, usePOS: false });
const loaded = now() - start;

const seconds = [];
let matches = 0;
for (let i = 0; i < Number(runs); i++) {
  const from = now();
  matches = 0;
  for (const text of texts) matches += nlp.readDoc(text).customEntities().length();
  seconds.push(now() - from);
  if (now() - began + seconds[i] > Number(limit)) break;
}
const version = `winkNLP ${require('wink-nlp/package.json').version}, Node ${process.version}`;
console.log(JSON.stringify({ version, load_s: loaded, seconds, matches }));
