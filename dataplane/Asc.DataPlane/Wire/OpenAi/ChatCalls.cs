using System.Buffers;
using System.Text;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>The calls of one answer, which come in pieces: a call is told of once it has a name, and what came before is told then.</summary>
internal sealed class ChatCalls
{
    private readonly List<Call> calls = [];
    // The last one of each, as some say the same for all.
    private readonly Dictionary<int, Call> byIndex = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private int told;

    /// <summary>Whether any was told of.</summary>
    public bool Any => told > 0;

    /// <param name="isWhole">Whether it is all of a call, and no piece: of an answer that came whole.</param>
    public void Add(in ChatCallDelta delta, AnswerWriter writer, bool isWhole = false) => Add(isWhole ? Begin(calls.Count, delta, writer) : Find(delta, writer), delta, writer);

    /// <summary>A call is told once more with all of its arguments, which count where none of them has come.</summary>
    public void Complete(ChatCallDelta whole, AnswerWriter writer)
    {
        var arguments = whole.Arguments;
        whole.Arguments = default;
        var call = Find(whole, writer);
        whole.Arguments = call.HasArguments || call.Early is not null ? default : arguments;
        Add(call, whole, writer);
    }

    /// <summary>The answer ends: a call without arguments has empty ones.</summary>
    public void End(AnswerWriter writer)
    {
        foreach (var call in calls.Where(static call => call is { IsTold: true, HasArguments: false }))
        {
            writer.Arguments(call.Ordinal, "{}"u8);
        }
    }

    private void Add(Call call, in ChatCallDelta delta, AnswerWriter writer)
    {
        call.Id = call.Id.Length == 0 ? delta.Id.ToArray() : call.Id;
        if (!call.IsTold && !delta.Name.IsEmpty)
        {
            (call.IsTold, call.Ordinal, call.Name) = (true, told++, delta.Name.ToArray());
            // Some give several the same.
            writer.ToolCall(call.Ordinal, call.Id.Length > 0 && ids.Add(Encoding.UTF8.GetString(call.Id)) ? call.Id : MintedId(call), delta.Name);
            Write(call, call.Early is { } early ? early.WrittenSpan : default, writer);
            call.Early = null;
        }

        var fragment = delta.ArgumentsObject.IsEmpty ? delta.Arguments : JsonStringText.Escape(delta.ArgumentsObject);
        if (call.IsTold)
        {
            Write(call, fragment, writer);
        }
        else if (!fragment.IsEmpty)
        {
            writer.Keep(call.Early ??= new(), fragment);
        }
    }

    private static void Write(Call call, ReadOnlySpan<byte> fragment, AnswerWriter writer)
    {
        if (!fragment.IsEmpty)
        {
            call.Progress.Add(fragment);
            call.HasArguments = true;
            writer.Arguments(call.Ordinal, fragment);
        }
    }

    // Some say no index, or the same for all.
    private Call Find(in ChatCallDelta delta, AnswerWriter writer)
    {
        if (delta.Index is { } index)
        {
            if (byIndex.TryGetValue(index, out var call) && IsMoreOf(call, delta))
            {
                return call;
            }
        }
        else if (calls is [.., var last] && (delta.Id.IsEmpty || last.Id.Length > 0) && IsMoreOf(last, delta))
        {
            return last;
        }

        return Begin(delta.Index ?? calls.Count, delta, writer);
    }

    // Another id is another call, unless nothing else is new: some make one for each piece, and who would name a call after its arguments is not known. Where none is said it is another name, or the same that comes with more once its arguments are complete: some say it with each piece.
    private static bool IsMoreOf(Call call, in ChatCallDelta delta) =>
        !delta.Id.IsEmpty ? call.Id.Length == 0 || (delta.Id.SequenceEqual(call.Id) && (delta.Index is not null || delta.Name.IsEmpty || !call.IsTold || delta.Name.SequenceEqual(call.Name))) || (delta.Index is not null && delta.Name.IsEmpty && call.IsTold && !call.Progress.IsComplete)
        : !call.IsTold || delta.Name.IsEmpty || (delta.Name.SequenceEqual(call.Name) && (!call.Progress.IsComplete || (delta.Arguments.IsEmpty && delta.ArgumentsObject.IsEmpty)));

    private Call Begin(int index, in ChatCallDelta delta, AnswerWriter writer)
    {
        writer.CountCall(delta.Id, default);
        calls.Add(new Call());
        return byIndex[index] = calls[^1];
    }

    private static byte[] MintedId(Call call) => Encoding.ASCII.GetBytes($"call_{call.Ordinal}_{Random.Shared.NextInt64():x16}");

    private sealed class Call
    {
        // Among those that were told of.
        public int Ordinal { get; set; }

        public byte[] Id { get; set; } = [];

        public bool IsTold { get; set; }

        public byte[] Name { get; set; } = [];

        public bool HasArguments { get; set; }

        // Of the arguments.
        public ArgumentsProgress Progress;

        // Arguments that came before the name.
        public ArrayBufferWriter<byte>? Early { get; set; }
    }
}
