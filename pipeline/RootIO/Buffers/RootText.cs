using System.Text;

namespace TauPipeline.RootIO;

/// <summary>Text of no declared encoding: UTF-8 where it is valid, else Latin-1, so that no byte is lost and none fails.</summary>
internal static class RootText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try { return Strict.GetString(bytes); }
        catch (DecoderFallbackException) { return Encoding.Latin1.GetString(bytes); }
    }
}
