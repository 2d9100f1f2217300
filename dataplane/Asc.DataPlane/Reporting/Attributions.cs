using Asc.Contracts.Telemetry.V1;
using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Reporting;

/// <summary>What a record says of tags, workload and data classes: what was said and by whom, and what came of it.</summary>
internal static class Attributions
{
    /// <summary>What is the same for many requests: all but the tags that a request carries itself.</summary>
    public static void Write(ExecutionRecord record, RequestFacts facts, CompiledPolicy policy)
    {
        var said = facts.Attribution;
        record.Workload = said.UnknownWorkload ?? facts.Workload.Name;
        record.DataClasses.AddRange(policy.DataClasses.NamesIn(facts.DataClasses));
        Add(record.Tags, said.Key?.Tags ?? facts.Tenant.Tags.Unsaid);
        record.Inputs.Workload = said.UnknownWorkload ?? said.Workload?.Name ?? "";
        record.Inputs.DataClasses.AddRange(policy.DataClasses.NamesIn(said.DataClasses));
        if (said.UnknownDataClass is { } unknown)
        {
            record.Inputs.DataClasses.Add(unknown);
        }

        if (said.Key is { Declared: var key })
        {
            record.Inputs.KeyWorkloads.AddRange(key.Workloads);
            record.Inputs.KeyDataClasses.AddRange(key.DataClasses);
            foreach (var tag in key.Tags)
            {
                record.Inputs.KeyTags[tag.Key] = tag.Value;
            }
        }
    }

    /// <summary>What the request carries itself, over what <see cref="Write"/> says: of one key the later value stands.</summary>
    public static void WriteTags(ExecutionRecord own, RequestTags? tags)
    {
        own.Tags.Clear();
        own.Inputs.Tags.Clear();
        if (tags is not null)
        {
            Add(own.Tags, tags);
            foreach (var tag in tags.Given)
            {
                own.Inputs.Tags[tag.Key] = tag.Value;
            }
        }
    }

    private static void Add(Google.Protobuf.Collections.MapField<string, string> map, RequestTags tags)
    {
        foreach (var tag in tags.Items)
        {
            map[tag.Key] = tag.Value;
        }
    }
}
