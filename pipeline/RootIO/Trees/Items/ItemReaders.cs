using System.Collections.Immutable;

namespace TauPipeline.RootIO;

/// <summary>The buffers of the wanted leaf of a plan: its values, and the offsets of each level.</summary>
internal sealed class ItemBuffers<T> where T : unmanaged
{
    public ValueBuffer<T> Values { get; } = new();
    public List<OffsetBuffer> Levels { get; } = [];

    /// <inheritdoc cref="ValueBuffer{T}.ReusesMemory"/>
    public bool ReusesMemory
    {
        get => Values.ReusesMemory;
        set
        {
            Values.ReusesMemory = value;
            foreach (OffsetBuffer level in Levels) level.ReusesMemory = value;
        }
    }

    public OffsetBuffer NextLevel()
    {
        Levels.Add(new OffsetBuffer());
        return Levels[^1];
    }
}

/// <summary>Makes the readers of a plan, with buffers along the way to one leaf.</summary>
internal static class ItemReaders
{
    /// <param name="plan">What lies in an entry.</param>
    /// <param name="way">The member to follow in each record; only used with buffers.</param>
    /// <param name="buffers">Where the leaf's values go; null to pass over all of it.</param>
    public static ItemReader Of<T>(ItemPlan plan, ImmutableArray<int> way, ItemBuffers<T>? buffers) where T : unmanaged =>
        Of(plan, way, buffers, new Counters([]));

    private static ItemReader Of<T>(ItemPlan plan, ImmutableArray<int> way, ItemBuffers<T>? buffers, Counters counters) where T : unmanaged
    {
        switch (plan)
        {
            case NumberPlan numbers: return new NumberItems<T>(numbers, buffers?.Values);
            case TextPlan text: return new TextItems(text, buffers?.Values as ValueBuffer<byte>, buffers?.NextLevel());
            case BitsPlan: return new BitsItems(buffers?.Values as ValueBuffer<uint>);
            case HeadPlan head: return new HeadItems(Of(head.Inner, way, buffers), Describe(head.Inner));
            case NamedPlan named: return new NamedItems(named.Object.ClassName, Of(named.Object, way, buffers));
            case CountedPlan counted:
                return new CountedItems(counters.Found[counted.CountedBy],
                new NumberItems<T>(counted.Element, buffers?.Values), buffers?.NextLevel());
            case ListPlan list:
                OffsetBuffer? offsets = buffers?.NextLevel(); // the outer level comes before the inner ones
                return new ListItems(Of(list.Element, way, buffers), Math.Max(1, list.Element.LeastBytes), offsets);
            case RecordPlan record: return Record(record, way, buffers, record.IsBase ? counters : new Counters([.. CountedBy(record)]));
            default: throw new Foundation.Defect($"there is no reader of {plan.GetType().Name}");
        }
    }

    private static RecordItems Record<T>(RecordPlan record, ImmutableArray<int> way, ItemBuffers<T>? buffers, Counters counters)
        where T : unmanaged
    {
        var members = new ItemReader[record.Members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            (string name, ItemPlan plan) = record.Members[i];
            bool isWanted = buffers is not null && way[0] == i;
            members[i] = isWanted ? Of(plan, way[1..], buffers, counters) : Of<T>(plan, [], null, counters);
            if (plan is NumberPlan { IsCount: true } number && counters.Wanted.Contains(name))
                members[i] = counters.Found[name] = new CountItems(number, members[i]);
        }
        return new RecordItems(record, members);
    }

    private static IEnumerable<string> CountedBy(RecordPlan record) => record.Members.SelectMany(member => member.Plan switch
    {
        CountedPlan counted => [counted.CountedBy],
        RecordPlan { IsBase: true } inherited => CountedBy(inherited),
        _ => Enumerable.Empty<string>(),
    });

    // Members that count arrays are known by name inside one object with its bases.
    private sealed record Counters(HashSet<string> Wanted)
    {
        public Dictionary<string, CountItems> Found { get; } = new(StringComparer.Ordinal);
    }

    private static string Describe(ItemPlan plan) => plan switch
    {
        ListPlan list => $"list of {Describe(list.Element)}",
        RecordPlan record => record.ClassName,
        TextPlan => "text",
        _ => "numbers",
    };
}
