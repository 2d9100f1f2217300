import OpenAI from 'openai';
import { VERSION } from 'openai/version';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { call, dataUrl, serve } from './driver.mjs';

async function ask(client, job, messages, text, signal) {
  const body = {
    model: job.model,
    messages,
    ...(job.maxTokens && { max_completion_tokens: job.maxTokens }),
    ...(job.stop && { stop: job.stop }),
    ...(job.tools && { tools: job.tools.map(tool => ({ type: 'function', function: tool })) }),
    ...(job.schema && { response_format: zodResponseFormat(z.fromJSONSchema(job.schema), 'answer') }),
  };
  if (job.stream) {
    const stream = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } }, { signal });
    stream.on('content.delta', event => text(event.delta));
    stream.on('refusal.delta', event => text(event.delta));
    return { answer: await stream.finalChatCompletion() };
  }

  const { data, response } = await (job.schema ? client.chat.completions.parse(body, { signal }) : client.chat.completions.create(body, { signal })).withResponse();
  return { answer: data, requestId: data._request_id ?? response.headers.get('x-request-id') };
}

// Without an encoding_format the SDK asks for base64, and decodes it.
async function embed(client, job, signal) {
  const { data, response } = await client.embeddings.create({ model: job.model, input: job.embeds }, { signal }).withResponse();
  return {
    requestId: response.headers.get('x-request-id'),
    vectors: data.data.map(one => Array.from(one.embedding)),
    usage: { input: data.usage.prompt_tokens, cached: 0, output: 0 },
  };
}

async function converse(job, text, signal) {
  const client = new OpenAI({ baseURL: job.baseUrl + '/v1', apiKey: job.key });
  if (job.embeds) {
    return embed(client, job, signal);
  }

  const messages = [
    ...(job.system ? [{ role: 'system', content: job.system }] : []),
    { role: 'user', content: job.image ? [{ type: 'text', text: job.user }, { type: 'image_url', image_url: { url: dataUrl(job.image) } }] : job.user },
  ];
  let { answer, requestId } = await ask(client, job, messages, text, signal);
  const calls = answer.choices[0].message.tool_calls ?? [];
  if (job.results) {
    messages.push(answer.choices[0].message, ...calls.map((one, index) => ({ role: 'tool', tool_call_id: one.id, content: job.results[index] })));
    ({ answer, requestId } = await ask(client, job, messages, text, signal));
  }

  const [{ message, finish_reason }] = answer.choices;
  return {
    requestId,
    text: message.content ?? '',
    refusal: message.refusal ?? undefined,
    calls: calls.map(one => call(one.function.name, one.function.arguments)),
    parsed: message.parsed ?? undefined,
    finish: finish_reason,
    usage: { input: answer.usage.prompt_tokens, cached: answer.usage.prompt_tokens_details?.cached_tokens ?? 0, output: answer.usage.completion_tokens },
  };
}

serve(VERSION, converse, error => ({ status: error.status, code: error.code, type: error.type, requestId: error.requestID ?? undefined }));
