namespace TauPipeline.Physics;

/// <summary>
/// Rows cut into parts as equal as whole numbers allow, whatever the numbers: part k begins at floor(k * rows / parts). All parts together
/// are all rows, each once.
/// </summary>
public static class EvenCut
{
    /// <summary>The rows of one part of a range.</summary>
    public static EntryRange Of(EntryRange all, long part, long parts) => new(At(all, part, parts), At(all, part + 1, parts));

    private static long At(EntryRange all, long part, long parts) => all.First + (long)((Int128)(all.End - all.First) * part / parts);
}
