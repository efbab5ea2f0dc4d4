namespace TauPipeline.RootIO;

/// <summary>How the jagged columns of a table lie in a written tree.</summary>
public enum TableKind
{
    /// <summary>Arrays with one branch <c>n&lt;table&gt;</c> that counts for all of them (NanoAOD).</summary>
    Counted,
    /// <summary>One unsplit <c>std::vector</c> a branch (TauTuple).</summary>
    Vectors,
    /// <summary>Arrays of one length in every entry.</summary>
    Fixed,
}

/// <summary>The layout of one table: its kind, and for fixed arrays their length.</summary>
public readonly record struct TableLayout(TableKind Kind, int Length = 1)
{
    /// <summary>Arrays counted by one branch.</summary>
    public static TableLayout Counted => new(TableKind.Counted);

    /// <summary>Vectors.</summary>
    public static TableLayout Vectors => new(TableKind.Vectors);

    /// <summary>Arrays of that many values in each entry.</summary>
    public static TableLayout Fixed(int length) => new(TableKind.Fixed, length);
}

/// <summary>Choices for one written tree.</summary>
public sealed record TreeOptions
{
    /// <summary>The tree's title; its name if none is given.</summary>
    public string? Title { get; init; }

    /// <summary>A basket is written when its data reach that many bytes.</summary>
    public int BasketBytes { get; init; } = 32000;

    /// <summary>The layout of tables that are not named in <see cref="Tables"/>.</summary>
    public TableLayout Layout { get; init; } = TableLayout.Counted;

    /// <summary>Layouts by table.</summary>
    public IReadOnlyDictionary<string, TableLayout> Tables { get; init; } = new Dictionary<string, TableLayout>();

    internal TableLayout LayoutOf(string table) => Tables.TryGetValue(table, out TableLayout layout) ? layout : Layout;
}
