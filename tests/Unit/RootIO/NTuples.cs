using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>The public RNTuple files, and short ways to their columns.</summary>
internal static class NTuples
{
    public static IReadOnlyList<string> Files =>
        [.. Directory.GetFiles(Path.Combine(SharedRootFiles.Folder, "rntuple"), "*.root").Order(StringComparer.Ordinal)];

    public static string File(string part) => Files.Single(file => Path.GetFileName(file).StartsWith(part, StringComparison.Ordinal));

    public static RootKey KeyOf(RootFile file) => file.Keys.Single(key => key.IsNTuple);

    /// <summary>All entries of a column in one batch.</summary>
    public static RootColumn Whole(RNTuple tuple, string column) => Range(tuple, column, 0, tuple.Entries);

    public static RootColumn Range(RNTuple tuple, string column, long first, long last) =>
        tuple.Read(
                [column],
                new RootReadOptions
                {
                    FirstEntry = first,
                    LastEntry = last,
                    BatchEntries = (int)Math.Max(1, last - first),
                })
            .Single()
            .Columns[0];
}
