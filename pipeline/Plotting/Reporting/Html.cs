using System.Text;

namespace TauPipeline.Plotting;

/// <summary>Text on its way into HTML.</summary>
internal static class Html
{
    /// <summary>Plain text as content or as a quoted attribute.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char letter in text)
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(letter),
            };
        return escaped.ToString();
    }

    /// <summary>Plain text as content, indices lowered.</summary>
    public static string Text(string text) => Subscript.Html(Escape(text));

    /// <summary>JSON inside a script element: in JSON the sign can stand only in strings, where the escape means the same.</summary>
    public static string Json(string text) => text.Replace("<", "\\u003c", StringComparison.Ordinal);

    /// <summary>A program inside a script element; its source map is left out, which a browser would look for outside.</summary>
    public static string Script(string text)
    {
        int map = text.LastIndexOf("//# sourceMappingURL=", StringComparison.Ordinal);
        string program = map < 0 ? text : text[..map];
        return program.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
            .Replace("<!--", "<\\!--", StringComparison.Ordinal);
    }

    /// <summary>A picture as an address that needs no file.</summary>
    public static string DataAddress(string svg) => "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
}
