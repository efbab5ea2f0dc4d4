namespace TauPipeline.BuildGraph;

/// <summary>Where the bytes of a record stand in the file of the log.</summary>
internal readonly record struct LogPlace(long Offset, int Length);

/// <summary>
/// The record of a finished step. A large one (the hashes of a thousand columns) is left in the file and read again when somebody asks:
/// memory must not grow with the files of a campaign.
/// </summary>
/// <param name="Bytes">A small one; empty for one that is left in the file.</param>
/// <param name="Place">Where it stands.</param>
internal readonly record struct KeptStep(ReadOnlyMemory<byte> Bytes, LogPlace Place)
{
    private const int Small = 2048;

    /// <summary>A record that was lent.</summary>
    public static KeptStep Of(ReadOnlyMemory<byte> lent, LogPlace place) => new(lent.Length <= Small ? lent.ToArray() : default, place);
}
