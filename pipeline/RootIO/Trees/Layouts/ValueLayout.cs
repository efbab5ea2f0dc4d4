using System.Collections.Immutable;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>How the entries of a branch lie in its baskets.</summary>
internal enum LayoutKind
{
    /// <summary>The same number of numbers in each entry.</summary>
    Fixed,
    /// <summary>Any number of numbers in each entry, perhaps after a head.</summary>
    Jagged,
    /// <summary>Anything else that has a plan: nested lists, texts, objects.</summary>
    Nested,
    /// <summary>Something that is listed but not read.</summary>
    Unread,
}

/// <summary>How the values of one column lie in the baskets of its branch, and what they become.</summary>
internal sealed record ValueLayout(LayoutKind Kind, string TypeName)
{
    /// <summary>How a number is stored (fixed and jagged only).</summary>
    public NumberCoding? Coding { get; init; }

    /// <summary>Type of a value in memory.</summary>
    public ColumnType Type { get; private init; }

    /// <summary>Fixed dimensions of an item: <c>[2, 3]</c> for <c>x[2][3]</c>, and so for each element of <c>x[n][2][3]</c>.</summary>
    public ImmutableArray<int> Dimensions { get; private init; } = [];

    /// <summary>Levels of offsets.</summary>
    public int Levels { get; private init; }

    public bool IsText { get; private init; }

    /// <summary>Bytes of a whole entry with all its leaves (fixed only).</summary>
    public int EntryBytes { get; init; }

    /// <summary>Where in the entry this leaf begins (fixed only).</summary>
    public int Start { get; init; }

    /// <summary>Bytes in front of the values of each entry (jagged only).</summary>
    public int HeadBytes { get; private init; }

    /// <summary>The branch that counts the elements of each entry, where there is one.</summary>
    public BranchRecord? Counts { get; private init; }

    /// <summary>What lies in an entry (nested only), and the way to the leaf that is read.</summary>
    public ItemPlan? Items { get; private init; }

    public ImmutableArray<int> Way { get; private init; } = [];

    /// <summary>Why it is not read.</summary>
    public string Reason { get; private init; } = "";

    public static ValueLayout Unread(string typeName, string reason) => new(LayoutKind.Unread, typeName) { Reason = reason };

    public static ValueLayout Fixed(NumberCoding coding, ImmutableArray<int> dimensions)
    {
        string name = Name(coding, dimensions, 0);
        return Bytes(coding, dimensions) is { } bytes
            ? new ValueLayout(LayoutKind.Fixed, name) { Coding = coding, Type = coding.Type, Dimensions = dimensions, EntryBytes = bytes }
            : Unread(name, "it claims more bytes an entry than there can be");
    }

    public static ValueLayout Jagged(NumberCoding coding, ImmutableArray<int> dimensions, int headBytes, BranchRecord? counts)
    {
        string name = Name(coding, dimensions, 1);
        return Bytes(coding, dimensions) is not null
            ? new ValueLayout(LayoutKind.Jagged, name)
            {
                Coding = coding,
                Type = coding.Type,
                Dimensions = dimensions,
                Levels = 1,
                HeadBytes = headBytes,
                Counts = counts,
            }
            : Unread(name, "it claims more bytes an item than there can be");
    }

    /// <summary>One layout for each leaf of a plan.</summary>
    public static IEnumerable<(string? Field, ValueLayout Layout)> Nested(string typeName, ItemPlan plan, BranchRecord? counts = null)
    {
        foreach ((string? field, ImmutableArray<int> way, ItemPlan leaf, int levels) in plan.Leaves())
            yield return (field, new ValueLayout(LayoutKind.Nested, typeName)
            {
                Items = plan,
                Way = way,
                Counts = counts,
                IsText = leaf is TextPlan,
                Levels = levels + (counts is null ? 0 : 1),
                Type = leaf switch { NumberPlan number => number.Coding.Type, TextPlan => ColumnType.UInt8, _ => ColumnType.UInt32 },
                Dimensions = (leaf as NumberPlan)?.Dimensions ?? [],
            });
    }

    private static int? Bytes(NumberCoding coding, ImmutableArray<int> dimensions)
    {
        long bytes = coding.Bytes;
        foreach (int length in dimensions)
            if (length < 1 || (bytes *= length) > int.MaxValue) return null;
        return (int)bytes;
    }

    private static string Name(NumberCoding coding, ImmutableArray<int> dimensions, int levels) =>
        ColumnTypes.Name(coding.Type) + (levels > 0 ? "[]" : "") + string.Concat(dimensions.Select(length => $"[{length}]"));
}
