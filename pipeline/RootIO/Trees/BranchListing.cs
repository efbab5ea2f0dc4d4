namespace TauPipeline.RootIO;

/// <summary>Flattens the branches of a tree, and theirs, into readable columns in the order of the file.</summary>
internal sealed class BranchListing
{
    private const int DeepestNesting = 256;

    private readonly RootTree _tree;
    private readonly RecordReader _records;
    private readonly LeafLayouts _leaves;
    private readonly ElementLayouts _elements;
    private readonly Dictionary<LeafRecord, BranchRecord> _owners = [];

    // A damaged file may hold a branch that is its own child.
    private readonly HashSet<BranchRecord> _visited = [];
    private readonly List<RootBranch> _found = [];

    private BranchListing(RootTree tree, RecordReader records, Lazy<StreamerInfos> infos)
    {
        (_tree, _records) = (tree, records);
        _leaves = new LeafLayouts(_owners);
        _elements = new ElementLayouts(infos);
    }

    public static List<RootBranch> Of(RootTree tree, TreeRecord record, RecordReader records, Lazy<StreamerInfos> infos)
    {
        var listing = new BranchListing(tree, records, infos);
        listing.Own(record.Branches);
        listing.Add(record.Branches, "");
        return listing._found;
    }

    // Leaves first, since a leaf may be counted by one that stands later.
    private void Own(List<BranchRecord> branches, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw RootErrors.Damaged(_records.At(0, _tree.Path), "a tree", $"branches at most {DeepestNesting} deep", "more");
        foreach (BranchRecord branch in branches)
        {
            if (!_visited.Add(branch))
                throw RootErrors.Damaged(
                    _records.At(0, _tree.Path),
                    $"branch '{branch.Name}'",
                    "one place in the tree",
                    "another one inside or beside it");
            foreach (LeafRecord leaf in branch.Leaves) _owners.TryAdd(leaf, branch);
            Own(branch.Branches, depth + 1);
        }
    }

    private void Add(List<BranchRecord> branches, string prefix)
    {
        foreach (BranchRecord branch in branches)
        {
            string path = prefix + branch.Name;
            if (branch.Element is { } element)
                foreach ((string? field, ValueLayout layout) in _elements.Of(branch, element)) AddOne(new(path, field), branch, layout);
            else if (branch.ClassName == "TBranchObject")
                foreach ((string? field, ValueLayout layout) in _elements.OfObjects(branch)) AddOne(new(path, field), branch, layout);
            else if (branch.ClassName != "TBranch")
                AddOne(new(path), branch, ValueLayout.Unread(branch.ClassName, $"branches of class {branch.ClassName} are not read"));
            else
                foreach ((LeafRecord leaf, ValueLayout layout) in _leaves.Of(branch))
                    AddOne(new(path, branch.Leaves.Count > 1 ? leaf.Name : null), branch, layout);
            Add(branch.Branches, path + "/");
        }
    }

    private void AddOne(BranchName name, BranchRecord branch, ValueLayout layout) =>
        _found.Add(new RootBranch(_tree, name, branch, layout, _records));
}
