using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Replies;

namespace Asc.Simulator.Anthropic.Replies;

/// <summary>Sends the blocks of one answer, one after the other, at a model's pace and no further than it may.</summary>
/// <remarks>A content chunk is a piece of a block or the start of a tool call; each is one token.</remarks>
/// <param name="exchange">Where to, and where the bill is kept up to date.</param>
/// <param name="answer">What is said.</param>
/// <param name="writer">Puts it in events.</param>
/// <param name="pacing">The model's pace.</param>
/// <param name="maxChunks">How many content chunks may be sent.</param>
internal sealed class BlockStream(Exchange exchange, MessageAnswer answer, MessageEventWriter writer, Pacing pacing, int maxChunks)
{
    private int _chunks;
    private int _tokens;
    private int _thinking;

    public async Task SendAsync()
    {
        for (var index = 0; index < answer.Blocks.Count; index++)
        {
            if (!await SendBlockAsync(index, answer.Blocks[index]))
            {
                return;
            }
        }
    }

    /// <summary>False if the answer is cut short within the block.</summary>
    private async Task<bool> SendBlockAsync(int index, AnswerBlock block)
    {
        if (!await StartAsync(index, block))
        {
            return false;
        }

        if (block is ThinkingAnswer { IsShown: false } or RedactedAnswer)
        {
            // Billed, though nobody sees it.
            Bill(block, block.Tokens);
        }
        else if (!await SendPiecesAsync(index, block))
        {
            return false;
        }

        if (block is ThinkingAnswer thinking)
        {
            writer.Signature(index, thinking);
            await EventStream.FlushAsync(exchange);
        }

        writer.BlockStop(index);
        await EventStream.FlushAsync(exchange);
        return true;
    }

    private async Task<bool> StartAsync(int index, AnswerBlock block)
    {
        if (block is not ToolUseAnswer call)
        {
            writer.BlockStart(index, block);
            await EventStream.FlushAsync(exchange);
            return true;
        }

        if (_chunks >= maxChunks)
        {
            return false;
        }

        await PaceAsync();
        writer.BlockStart(index, block);
        await EventStream.FlushAsync(exchange);
        Sent(block);
        if (!call.IsSilent)
        {
            // The API always begins an input with nothing.
            writer.Delta(index, block, "");
            await EventStream.FlushAsync(exchange);
        }

        return true;
    }

    private async Task<bool> SendPiecesAsync(int index, AnswerBlock block)
    {
        foreach (var piece in block.Pieces)
        {
            if (_chunks >= maxChunks)
            {
                return false;
            }

            await PaceAsync();
            writer.Delta(index, block, piece);
            await EventStream.FlushAsync(exchange);
            Sent(block);
        }

        return true;
    }

    private Task PaceAsync() => _chunks > 0 ? pacing.NextChunkAsync(exchange.Aborted) : Task.CompletedTask;

    private void Sent(AnswerBlock block)
    {
        _chunks++;
        Bill(block, 1);
    }

    private void Bill(AnswerBlock block, int tokens)
    {
        _tokens += tokens;
        _thinking += MessageAnswer.IsThought(block) ? tokens : 0;
        exchange.Usage = answer.UsageOf(_tokens, _thinking);
    }
}
