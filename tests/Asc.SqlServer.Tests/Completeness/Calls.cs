using System.Reflection;
using System.Reflection.Emit;

namespace Asc.SqlServer.Tests.Completeness;

/// <summary>A call in compiled code.</summary>
/// <param name="Caller">Where it stands.</param>
/// <param name="Offset">Where in there.</param>
/// <param name="Callee">What is called.</param>
internal sealed record Call(MethodBase Caller, int Offset, MethodBase Callee)
{
    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<Call> In(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .OfType<MethodBase>()
        .SelectMany(In);

    private static IEnumerable<Call> In(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[] typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
        Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (var at = 0; at < code.Length;)
        {
            var start = at;
            var first = code[at++];
            var opCode = OpCodes[first == 0xFE ? unchecked((short)(0xFE00 | code[at++])) : first];
            if (opCode.OperandType == OperandType.InlineMethod)
            {
                yield return new(method, start, method.Module.ResolveMethod(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!);
            }

            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
