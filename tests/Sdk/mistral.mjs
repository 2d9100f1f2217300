import { Mistral } from '@mistralai/mistralai';
import { SDK_METADATA } from '@mistralai/mistralai/lib/config.js';
import { responseFormatFromZodObject } from '@mistralai/mistralai/extra/structChat.js';
import { z } from 'zod';
import { call, dataUrl, serve } from './driver.mjs';

// The SDK has no helper that puts a stream together: the deltas are what it gives.
async function gather(stream, text) {
  const message = { role: 'assistant', content: '', toolCalls: [] };
  let finishReason, usage;
  for await (const { data } of stream) {
    usage = data.usage ?? usage;
    for (const { delta, finishReason: reason } of data.choices) {
      finishReason = reason ?? finishReason;
      if (delta.content) {
        message.content += delta.content;
        text(delta.content);
      }

      // Calls come whole, without an index, or in pieces with one: what has no id of its own goes on with the one of its index.
      for (const one of delta.toolCalls ?? []) {
        const known = message.toolCalls.find(call => one.id === 'null' ? call.index === one.index : call.id === one.id);
        if (known) {
          known.function.arguments += one.function.arguments;
        } else {
          message.toolCalls.push(one);
        }
      }
    }
  }

  return { choices: [{ message, finishReason }], usage };
}

async function ask(client, job, messages, text, signal) {
  const request = {
    model: job.model,
    messages,
    ...(job.maxTokens && { maxTokens: job.maxTokens }),
    ...(job.stop && { stop: job.stop }),
    ...(job.tools && { tools: job.tools.map(tool => ({ type: 'function', function: tool })) }),
  };
  const options = { fetchOptions: { signal } };
  const format = job.schema && z.fromJSONSchema(job.schema);
  if (job.stream) {
    return gather(await client.chat.stream({ ...request, ...(format && { responseFormat: responseFormatFromZodObject(format) }) }, options), text);
  }

  return format ? client.chat.parse({ ...request, responseFormat: format }, options) : client.chat.complete(request, options);
}

async function embed(client, job, signal) {
  const answer = await client.embeddings.create({ model: job.model, inputs: job.embeds }, { fetchOptions: { signal } });
  return { vectors: answer.data.map(one => one.embedding), usage: { input: answer.usage.promptTokens, cached: 0, output: answer.usage.completionTokens ?? 0 } };
}

async function converse(job, text, signal) {
  const client = new Mistral({ serverURL: job.baseUrl, apiKey: job.key });
  if (job.embeds) {
    return embed(client, job, signal);
  }

  const messages = [
    ...(job.system ? [{ role: 'system', content: job.system }] : []),
    { role: 'user', content: job.image ? [{ type: 'text', text: job.user }, { type: 'image_url', imageUrl: dataUrl(job.image) }] : job.user },
  ];
  let answer = await ask(client, job, messages, text, signal);
  const calls = answer.choices[0].message.toolCalls ?? [];
  if (job.results) {
    messages.push(answer.choices[0].message, ...calls.map((one, index) => ({ role: 'tool', toolCallId: one.id, name: one.function.name, content: job.results[index] })));
    answer = await ask(client, job, messages, text, signal);
  }

  const [{ message, finishReason }] = answer.choices;
  return {
    text: message.content ?? '',
    calls: calls.map(one => call(one.function.name, one.function.arguments)),
    parsed: message.parsed ?? (job.schema ? JSON.parse(message.content) : undefined),
    finish: finishReason,
    usage: { input: answer.usage.promptTokens, cached: answer.usage.prompt_tokens_details?.cached_tokens ?? 0, output: answer.usage.completionTokens },
  };
}

function problem(error) {
  const body = (() => {
    try {
      return JSON.parse(error.body);
    } catch {
      return {};
    }
  })();
  return { status: error.statusCode, code: body.code ?? undefined, type: body.type, requestId: error.headers?.get('mistral-correlation-id') ?? undefined };
}

serve(SDK_METADATA.sdkVersion, converse, problem);
