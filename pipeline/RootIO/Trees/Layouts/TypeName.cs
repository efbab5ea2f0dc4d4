namespace TauPipeline.RootIO;

/// <summary>A C++ type name taken apart: <c>map&lt;int,vector&lt;float&gt; &gt;</c> is map of int and of vector of float.</summary>
/// <param name="Name">The name in front of the arguments.</param>
/// <param name="Arguments">The template's arguments, if it is one.</param>
/// <param name="Text">The whole as it was written.</param>
internal sealed record TypeName(string Name, IReadOnlyList<TypeName> Arguments, string Text)
{
    private const int DeepestNesting = 8;

    /// <summary>The name without <c>std::</c>, <c>const</c>, spaces and default arguments; null if its brackets do not match.</summary>
    public static TypeName? Parse(string text) => Parse(text.AsSpan().Trim(), 0);

    private static TypeName? Parse(ReadOnlySpan<char> text, int depth)
    {
        if (depth > DeepestNesting) return null;
        if (text.StartsWith("const ")) text = text[6..].TrimStart();
        if (text.StartsWith("std::")) text = text[5..];
        int open = text.IndexOf('<');
        if (open < 0) return new TypeName(text.ToString(), [], text.ToString());
        if (text[^1] != '>') return null;
        List<TypeName> arguments = [];
        foreach (string argument in Split(text[(open + 1)..^1]))
        {
            if (Parse(argument.AsSpan().Trim(), depth + 1) is not { } parsed) return null;
            arguments.Add(parsed);
        }
        return new TypeName(text[..open].TrimEnd().ToString(), arguments, text.ToString());
    }

    private static List<string> Split(ReadOnlySpan<char> text)
    {
        List<string> parts = [];
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '<') depth++;
            else if (text[i] == '>') depth--;
            else if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i].ToString());
                start = i + 1;
            }
        }
        parts.Add(text[start..].ToString());
        return parts;
    }
}
