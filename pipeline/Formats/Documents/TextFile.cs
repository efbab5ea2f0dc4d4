using System.Text;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>A text in UTF-8 without byte-order mark, its line ends as they are.</summary>
public sealed record TextFile(string Text) : IProduct<TextFile>
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    /// <exception cref="StepFailed">The file is missing or not in UTF-8.</exception>
    public static TextFile Read(ProductInput from) => new(Load(from.Path));

    /// <inheritdoc/>
    public static void Write(ProductOutput to, TextFile value) => File.WriteAllBytes(to.Path, Strict.GetBytes(value.Text));

    /// <summary>The text of a file.</summary>
    internal static string Load(string path)
    {
        if (!File.Exists(path)) throw FormatErrors.NoFile(path);
        try { return Strict.GetString(File.ReadAllBytes(path)); }
        catch (DecoderFallbackException wrong)
        {
            throw FormatErrors.NotUtf8(path, wrong);
        }
    }
}
