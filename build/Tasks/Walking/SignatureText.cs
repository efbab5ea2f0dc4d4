using System.Reflection.Metadata;

namespace TauPipeline.Tasks;

/// <summary>Signatures as text.</summary>
internal static class SignatureText
{
    /// <summary><c>`1(int, !!0) -> void</c>, with <c>instance</c> before it where there is a <c>this</c>.</summary>
    public static string Of(MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : " static")}{(signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : "")}({string.Join(", ", signature.ParameterTypes)}) -> {signature.ReturnType}";
}
