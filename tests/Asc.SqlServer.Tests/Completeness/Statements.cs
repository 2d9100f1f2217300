using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Asc.SqlServer.Tests.Completeness;

/// <summary>From what is compiled back to what was written.</summary>
internal static class Statements
{
    private static readonly ConcurrentDictionary<Assembly, MetadataReader> Symbols = new();

    /// <summary>The file and line of the statement that <paramref name="offset"/> belongs to.</summary>
    public static string At(MethodBase method, int offset)
    {
        var symbols = Symbols.GetOrAdd(method.Module.Assembly, Open);
        var handle = ((MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken)).ToDebugInformationHandle();
        var point = symbols.GetMethodDebugInformation(handle).GetSequencePoints().LastOrDefault(point => !point.IsHidden && point.Offset <= offset);
        var file = point.Document.IsNil ? method.DeclaringType!.FullName : Path.GetFileName(symbols.GetString(symbols.GetDocument(point.Document).Name));
        return $"{file}:{point.StartLine}";
    }

    private static MetadataReader Open(Assembly assembly) =>
        MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb"))).GetMetadataReader();
}
