// Reads Kubernetes objects, a JSON array, on standard input; prints what is missing or of the wrong type, a line each.
// The strict reader of KubernetesClient knows every field but asks for none; these models ask for what is required.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const models = process.argv[2];
let text = "";
for await (const part of process.stdin) {
  text += part;
}

for (const object of JSON.parse(text)) {
  const file = join(models, ...object.apiVersion.split("/"), `${object.kind}.js`);
  const { [object.kind]: Model } = await import(pathToFileURL(file));
  try {
    new Model(object).validate();
  } catch (problem) {
    console.log(`${object.kind} ${object.metadata.name}: ${problem.message}`);
  }
}
