namespace TauPipeline.Hdf5IO;

/// <summary>One step of a dataset's filter pipeline.</summary>
/// <param name="Id">The registered number: 1 deflate, 2 shuffle, 32000 lzf, 32004 lz4.</param>
/// <param name="Name">Its name in the file.</param>
/// <param name="Values">Its parameters.</param>
public sealed record Hdf5Filter(int Id, string Name, IReadOnlyList<uint> Values)
{
    internal const int Deflate = 1, Shuffle = 2;

    /// <summary>Whether we undo it ourselves; all others are left to libhdf5 and its plugins.</summary>
    internal bool IsOurs => Id is Deflate or Shuffle;
}
