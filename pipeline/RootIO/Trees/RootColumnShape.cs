using System.Collections.Immutable;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>What the entries of a branch are: lists of lists of numbers, or of texts.</summary>
/// <param name="Name">The branch's name below its tree.</param>
/// <param name="Type">Type of a value in memory; <see cref="ColumnType.UInt8"/> for the bytes of text.</param>
/// <param name="Levels">Levels of offsets: 0 for numbers and fixed arrays, 1 for <c>x[n]</c> and text, 2 for
/// <c>vector&lt;string&gt;</c>.</param>
/// <param name="IsText">Whether the last level cuts texts out of bytes.</param>
/// <param name="Dimensions">Fixed dimensions of each item, the slowest first: empty, or <c>[2, 3]</c> for <c>x[2][3]</c> and
/// <c>x[n][2][3]</c>.</param>
public sealed record RootColumnShape(string Name, ColumnType Type, int Levels, bool IsText, ImmutableArray<int> Dimensions)
{
    /// <summary>Values of all fixed dimensions together: 1 if there are none.</summary>
    public int FixedLength { get; } = Product(Dimensions);

    /// <summary>
    /// The constituents' table of its column in a batch: those of one kind share the first part of their names, as in
    /// <c>pfCand_pt</c>, <c>Tau_pt</c>, <c>AnalysisTauJetsAuxDyn.pt</c>.
    /// </summary>
    public string Table => !IsText && Levels > 0 && Name.AsSpan().IndexOfAny('_', '.') is var cut and > 0 ? Name[..cut] : Name;

    /// <summary>The column of a batch (text as bytes); null if it has more than one level of offsets.</summary>
    public ColumnSpec? ColumnSpec => Levels > 1 ? null : new ColumnSpec(Name, Type, Levels > 0 || FixedLength > 1 ? Table : null);

    /// <summary>
    /// The type as NumPy would name it, with <c>[]</c> for each level: <c>float32[][]</c>, <c>int16[3]</c>, <c>text[]</c>.
    /// </summary>
    public string TypeName =>
        (IsText ? "text" : ColumnTypes.Name(Type))
        + string.Concat(Enumerable.Repeat("[]", IsText ? Levels - 1 : Levels))
        + string.Concat(Dimensions.Select(length => $"[{length}]"));

    /// <summary>
    /// <c>fixed</c>, <c>jagged1</c>, <c>jagged2</c>, ..., <c>string</c>, <c>string_jagged1</c>, ...: the words of the expected values.
    /// </summary>
    public string Kind => (IsText, Levels) switch
    {
        (false, 0) => "fixed",
        (false, _) => $"jagged{Levels}",
        (true, 1) => "string",
        _ => $"string_jagged{Levels - 1}",
    };

    /// <summary>One text an entry.</summary>
    public static RootColumnShape OfTexts(string name) => new(name, ColumnType.UInt8, 1, IsText: true, []);

    /// <summary>One <c>vector&lt;vector&lt;T&gt;&gt;</c> an entry.</summary>
    public static RootColumnShape OfNestedVectors(string name, ColumnType type) => new(name, type, 2, IsText: false, []);

    private static int Product(ImmutableArray<int> dimensions)
    {
        int product = 1;
        foreach (int length in dimensions) product *= length;
        return product;
    }
}
