using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Host;

/// <summary>ROOT: keys, then every tree branch by branch; a branch that is not read is compared by its type alone.</summary>
internal sealed class RootComparer : IContentComparer
{
    private const int BatchRows = 16384;

    public string Format => "ROOT";

    public bool Knows(string file, ReadOnlySpan<byte> head) => new RootInspector().Knows(head);

    public Difference? First(string old, string @new)
    {
        using RootFile before = RootFile.Open(old), after = RootFile.Open(@new);
        return Keys(before, after)
            ?? before.Trees.Select(key => Trees(before.Tree(key.Path), after.Tree(key.Path))).FirstOrDefault(found => found is not null);
    }

    private static Difference? Keys(RootFile before, RootFile after)
    {
        Dictionary<string, string> left = Described(before), right = Described(after);
        return left.Keys.Union(right.Keys).Where(path => left.GetValueOrDefault(path) != right.GetValueOrDefault(path))
            .Select(path => new Difference(
                path,
                null,
                left.GetValueOrDefault(path, "not there"),
                right.GetValueOrDefault(path, "not there")))
            .FirstOrDefault();
    }

    private static Dictionary<string, string> Described(RootFile file) =>
        file.Keys.GroupBy(key => $"{key.Path};{key.Cycle}", StringComparer.Ordinal)
            .ToDictionary(key => key.Key, key => key.First().ClassName, StringComparer.Ordinal);

    private static Difference? Trees(RootTree before, RootTree after)
    {
        if (before.Entries != after.Entries)
            return new Difference(before.Path, null, $"{before.Entries} entries", $"{after.Entries} entries");
        string?[] left = [.. before.Branches.Select(Described)], right = [.. after.Branches.Select(Described)];
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
            if (left.ElementAtOrDefault(i) is var a && right.ElementAtOrDefault(i) is var b && a != b)
                return new Difference($"{before.Path}, branch {i}", null, a ?? "not there", b ?? "not there");
        return before.Branches.Zip(after.Branches, (a, b) => Branches((before, a), (after, b))).FirstOrDefault(found => found is not null);
    }

    private static string Described(RootBranch branch) => $"{branch.Name} {branch.TypeName}";

    private static Difference? Branches((RootTree Tree, RootBranch Branch) old, (RootTree Tree, RootBranch Branch) @new)
    {
        string name = $"{old.Tree.Path}/{old.Branch.Name}";
        if (old.Branch.WhyNotRead is not null) return null;
        if (old.Branch.Entries != @new.Branch.Entries)
            return new Difference(name, null, $"{old.Branch.Entries} entries", $"{@new.Branch.Entries} entries");
        long row = 0;
        foreach ((Batch a, Batch b) in Batches(old).Zip(Batches(@new)))
        {
            ColumnRows x = new(a.Columns[0]), y = new(b.Columns[0]);
            if (x.FirstOtherThan(y) is { } at) return new Difference(name, row + at, x.TextOf(at), y.TextOf(at));
            row += a.Rows;
        }
        return null;
    }

    private static IEnumerable<Batch> Batches((RootTree Tree, RootBranch Branch) one) =>
        one.Tree.Read([one.Branch], 0, one.Branch.Entries, BatchRows);
}
