using Asc.Contracts.Policy;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Validation;
using BenchmarkDotNet.Attributes;

namespace Asc.Benchmarks;

/// <summary>What a node does with a new version before it swaps: validate and compile the large policy.</summary>
[MemoryDiagnoser]
[IterationCount(5)]
[WarmupCount(1)]
public class CompileBenchmark
{
    private PolicyDocument document = PolicyDocument.Empty;

    [GlobalSetup]
    public void Prepare() => document = LargePolicy.Resources().ToDocument(LargePolicy.TenantId);

    [Benchmark]
    public CompiledPolicy Compile() => PolicyCompiler.Compile(document, 1);

    [Benchmark]
    public int Validate() => PolicyValidator.Validate(document).Count;
}
