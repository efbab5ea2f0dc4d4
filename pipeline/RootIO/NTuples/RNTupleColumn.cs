namespace TauPipeline.RootIO;

/// <summary>One column of an RNTuple: a field that holds values, with the collections and arrays around it.</summary>
public sealed class RNTupleColumn
{
    internal RNTupleColumn(string name, NTuplePlan plan, Place tuple)
    {
        (Name, Plan) = (name, plan);
        Place = tuple with { Object = $"{tuple.Object}/{name}" };
        if (plan.Kind == NTupleLeafKind.Unread) return;
        bool isText = plan.Kind == NTupleLeafKind.Text;
        Shape = new RootColumnShape(name, plan.Type, plan.Levels.Count + (isText ? 1 : 0), isText, [.. plan.Shape]);
    }

    internal NTuplePlan Plan { get; }
    internal Place Place { get; }

    /// <summary>
    /// Names of the fields down to the values, joined by dots; the items of collections and arrays add none: <c>jets.pt</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>C++ type of the innermost field: <c>float</c>, <c>std::string</c>.</summary>
    public string TypeName => Plan.TypeName;

    /// <summary>What entries are read into; null if the column is not read, for the reason in <see cref="WhyNotRead"/>.</summary>
    public RootColumnShape? Shape { get; }

    /// <summary>Why the column is listed but not read, or null.</summary>
    public string? WhyNotRead => Plan.Kind == NTupleLeafKind.Unread ? Plan.Reason : null;

    /// <summary>How values (of texts: characters) are stored, a name for each representation: <c>SplitReal32</c>.</summary>
    public IReadOnlyList<string> Encodings => [.. (Plan.Values ?? Plan.Ends)?.Columns.Select(column => column.Encoding.ToString()) ?? []];

    internal IEnumerable<NTupleColumnRecord> Stored => (Plan.Values?.Columns ?? []).Concat(Plan.Ends?.Columns ?? []);
}
