using System.Collections.Immutable;

namespace TauPipeline.RootIO;

/// <summary>How the items of an entry lie one after the other (guide section 4.3): a tree of which one leaf becomes the column.</summary>
internal abstract record ItemPlan
{
    /// <summary>Fewest bytes of one item: what bounds a count before it is believed.</summary>
    public abstract int LeastBytes { get; }

    /// <summary>All leaves by name, each with the way to it: one number for each record passed.</summary>
    public abstract IEnumerable<(string? Field, ImmutableArray<int> Way, ItemPlan Leaf, int Levels)> Leaves();
}

/// <summary>Numbers, or fixed arrays of them.</summary>
internal sealed record NumberPlan(NumberCoding Coding, ImmutableArray<int> Dimensions) : ItemPlan
{
    /// <summary>Whether it can say how long an array is: one whole number.</summary>
    public bool IsCount => Dimensions.Length == 0
        && Coding is { Form: NumberForm.Plain, Type: not (Columns.ColumnType.Float32 or Columns.ColumnType.Float64) };

    public int Each { get; } = Dimensions.Aggregate(1, (product, length) => product * length);

    public override int LeastBytes { get; } = checked(Dimensions.Aggregate(1, (product, length) => product * length) * Coding.Bytes);

    public override IEnumerable<(string?, ImmutableArray<int>, ItemPlan, int)> Leaves() => [(null, [], this, 0)];
}

/// <summary>Texts: with a length of one byte (or 255 and four), or always four (<c>char*</c>).</summary>
internal sealed record TextPlan(bool HasLongLength = false) : ItemPlan
{
    public override int LeastBytes => HasLongLength ? 4 : 1;

    public override IEnumerable<(string?, ImmutableArray<int>, ItemPlan, int)> Leaves() => [(null, [], this, 1)];
}

/// <summary>The bits of TObjects: four bytes, and two more for each that is referenced.</summary>
internal sealed record BitsPlan : ItemPlan
{
    public override int LeastBytes => 4;

    public override IEnumerable<(string?, ImmutableArray<int>, ItemPlan, int)> Leaves() => [(null, [], this, 0)];
}

/// <summary>Lists: each a count of four bytes, then its items.</summary>
internal sealed record ListPlan(ItemPlan Element) : ItemPlan
{
    public override int LeastBytes => 4;

    public override IEnumerable<(string?, ImmutableArray<int>, ItemPlan, int)> Leaves() =>
        Element.Leaves().Select(leaf => (leaf.Field, leaf.Way, leaf.Leaf, leaf.Levels + 1));
}

/// <summary>
/// Arrays behind a pointer: a byte that says whether there is one, then as many numbers as another member of the same object says.
/// </summary>
internal sealed record CountedPlan(NumberPlan Element, string CountedBy) : ItemPlan
{
    public override int LeastBytes => 1;

    public override IEnumerable<(string?, ImmutableArray<int>, ItemPlan, int)> Leaves() => [(null, [], Element, 1)];
}

/// <summary>Objects each behind the name of its class: a length, the name, a zero byte (TLeafObject).</summary>
internal sealed record NamedPlan(RecordPlan Object) : ItemPlan
{
    public override int LeastBytes => 2 + Object.LeastBytes;

    public override IEnumerable<(string?, ImmutableArray<int>, ItemPlan, int)> Leaves() => Object.Leaves();
}

/// <summary>One head (byte count and version) before all items that follow.</summary>
internal sealed record HeadPlan(ItemPlan Inner) : ItemPlan
{
    // A head stands once before any number of items, so a single one may cost nothing more.
    public override int LeastBytes => Inner.LeastBytes;

    public override IEnumerable<(string?, ImmutableArray<int>, ItemPlan, int)> Leaves() => Inner.Leaves();
}

/// <summary>Whether a byte count and a version stand before an object.</summary>
internal enum ObjectHead
{
    /// <summary>Before each.</summary>
    Always,
    /// <summary>Before none.</summary>
    Never,
    /// <summary>Before those of some classes, and nothing but the bytes tells which.</summary>
    Perhaps,
}

/// <summary>Objects of a class. Inside a collection they may be written member by member.</summary>
internal sealed record RecordPlan(string ClassName, ImmutableArray<(string Name, ItemPlan Plan)> Members, ObjectHead Head) : ItemPlan
{
    /// <summary>Whether it is key and value of a map.</summary>
    public bool IsPair { get; init; }

    /// <summary>Whether it is the base part of another class.</summary>
    public bool IsBase { get; init; }

    /// <summary>Version and checksum of the class as the file describes it; null where it is built in, or known from the branch.</summary>
    public int? Version { get; init; }

    public uint Checksum { get; init; }

    // Written member by member, even a text costs no more than its length.
    public override int LeastBytes => (int)Math.Clamp(Members.Sum(member => (long)member.Plan.LeastBytes), 1, int.MaxValue);

    public override IEnumerable<(string?, ImmutableArray<int>, ItemPlan, int)> Leaves()
    {
        for (int i = 0; i < Members.Length; i++)
            foreach ((string? field, ImmutableArray<int> way, ItemPlan leaf, int levels) in Members[i].Plan.Leaves())
                yield return (field is null ? Members[i].Name : $"{Members[i].Name}.{field}", way.Insert(0, i), leaf, levels);
    }
}
