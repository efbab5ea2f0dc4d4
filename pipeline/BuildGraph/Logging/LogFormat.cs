using System.Buffers.Text;

namespace TauPipeline.BuildGraph;

/// <summary>The first bytes of a build log: name and number of its format.</summary>
internal static class LogFormat
{
    private const int Current = 2, MostDigits = 4;

    /// <summary>No header is longer.</summary>
    public const int MostOfHeader = 6 + MostDigits + 1;

    /// <summary>The header of what this version writes.</summary>
    public static ReadOnlySpan<byte> Header => "TAULOG2\n"u8;

    private static ReadOnlySpan<byte> Name => "TAULOG"u8;

    /// <summary>The number of a log's format, or <see langword="null"/> if it is no log.</summary>
    public static int? Of(ReadOnlySpan<byte> log)
    {
        if (!log.StartsWith(Name)) return null;
        ReadOnlySpan<byte> rest = log[Name.Length..];
        int end = rest.IndexOf((byte)'\n');
        return end is > 0 and <= MostDigits && Utf8Parser.TryParse(rest[..end], out int format, out int used) && used == end
            ? format
            : null;
    }

    /// <summary>Whether this version wrote it; <see langword="false"/> for an older one and for what is no log.</summary>
    /// <param name="log">Its bytes.</param>
    /// <param name="path">Where it is, for the message.</param>
    /// <exception cref="Foundation.Misuse">A newer version wrote it, and knows more than we would leave of it.</exception>
    public static bool IsCurrent(ReadOnlySpan<byte> log, string path)
    {
        if (log.StartsWith(Header)) return true;
        return Of(log) is > Current and var newer ? throw BuildGraphErrors.LogIsNewer(path, newer, Current) : false;
    }
}
