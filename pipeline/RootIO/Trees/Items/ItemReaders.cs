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
    public static ItemReader Of<T>(ItemPlan plan, ImmutableArray<int> way, ItemBuffers<T>? buffers) where T : unmanaged
    {
        switch (plan)
        {
            case NumberPlan numbers: return new NumberItems<T>(numbers, buffers?.Values);
            case TextPlan text: return new TextItems(text, buffers?.Values as ValueBuffer<byte>, buffers?.NextLevel());
            case BitsPlan: return new BitsItems(buffers?.Values as ValueBuffer<uint>);
            case HeadPlan head: return new HeadItems(Of(head.Inner, way, buffers), Describe(head.Inner));
            case ListPlan list:
                OffsetBuffer? offsets = buffers?.NextLevel(); // the outer level comes before the inner ones
                return new ListItems(Of(list.Element, way, buffers), Math.Max(1, list.Element.LeastBytes), offsets);
            case RecordPlan record:
                var members = new ItemReader[record.Members.Length];
                for (int i = 0; i < members.Length; i++)
                    members[i] = buffers is not null && way[0] == i ? Of(record.Members[i].Plan, way[1..], buffers) : Of<T>(record.Members[i].Plan, [], null);
                return new RecordItems(record, members);
            default: throw new Foundation.Defect($"there is no reader of {plan.GetType().Name}");
        }
    }

    private static string Describe(ItemPlan plan) => plan switch
    {
        ListPlan list => $"list of {Describe(list.Element)}",
        RecordPlan record => record.ClassName,
        TextPlan => "text",
        _ => "numbers",
    };
}
