namespace TauPipeline.Hdf5IO;

/// <summary>One step of a dataset's filter pipeline.</summary>
/// <param name="Id">The registered number: 1 deflate, 2 shuffle, 32000 lzf, 32004 lz4.</param>
/// <param name="Name">Its name in the file, or the format's own.</param>
/// <param name="Values">Its parameters.</param>
public sealed record Hdf5Filter(int Id, string Name, IReadOnlyList<uint> Values)
{
    internal const int Deflate = 1, Shuffle = 2, Fletcher32 = 3, Szip = 4, NBit = 5, ScaleOffset = 6, Lzf = 32000, Lz4 = 32004;

    /// <summary>Filters that are undone here.</summary>
    internal static IReadOnlyList<int> Known { get; } = [Deflate, Shuffle, Fletcher32, ScaleOffset, Lzf, Lz4];

    internal static string KnownNames { get; } = string.Join(", ", Known.Select(NameOf));

    internal bool IsKnown => Known.Contains(Id);

    /// <summary>What the format calls a filter whose file does not name it.</summary>
    internal static string NameOf(int id) => id switch
    {
        Deflate => "deflate",
        Shuffle => "shuffle",
        Fletcher32 => "fletcher32",
        Szip => "szip",
        NBit => "nbit",
        ScaleOffset => "scaleoffset",
        Lzf => "lzf",
        Lz4 => "lz4",
        _ => "",
    };
}
