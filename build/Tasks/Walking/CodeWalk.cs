namespace TauPipeline.Tasks;

/// <summary>
/// What the code of a stage reaches, member by member, from all members of its class and
/// from how its settings are made. A type brings its
/// skeleton and the methods it cannot be used without; other methods come in when called or pointed at. The engine, the
/// shared errors and other stages' work stay outside: a stage names its neighbours' products, it does not do their work.
/// </summary>
internal sealed class CodeWalk
{
    private static readonly string[] Engine = ["BuildGraph", "Configuration", "Queues", "Transfer", "Host"];

    private readonly CodeMembers _members;
    private readonly RoomType _stage;
    private readonly SortedDictionary<string, CodeLine> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<RoomType> _types = [];
    private readonly HashSet<RoomMethod> _methods = [];
    private readonly List<OutsideCall> _outside = [];
    private readonly Queue<CodeMember> _open = new();

    private CodeWalk(CodeMembers members, RoomType stage)
    {
        _members = members;
        _stage = stage;
    }

    /// <summary>Walks from a stage.</summary>
    /// <param name="members">All members of ours.</param>
    /// <param name="stage">The stage's class.</param>
    /// <param name="settings">What its constructor takes, of ours.</param>
    public static CodeWalk From(CodeMembers members, RoomType stage, IEnumerable<RoomType> settings)
    {
        var walk = new CodeWalk(members, stage);
        walk.Reach(stage);
        foreach (RoomMethod method in CodeMembers.MethodsOf(stage)) walk.Reach(method);
        foreach (RoomType record in settings)
        {
            walk.Reach(record);
            // The catalogue made it by one of these; what else it can do counts where it is asked for it.
            foreach (
                RoomMethod method in CodeMembers
                    .MethodsOf(record)
                    .Where(method => method.Definition.Attributes.HasFlag(System.Reflection.MethodAttributes.Static)))
                walk.Reach(method);
        }
        while (walk._open.TryDequeue(out CodeMember? member)) walk.Follow(member);
        return walk;
    }

    /// <summary>One line a member, ordered by name.</summary>
    public IEnumerable<CodeLine> Lines => _lines.Values;

    /// <summary>What it calls that is not ours.</summary>
    public IReadOnlyList<OutsideCall> Outside => _outside;

    public bool Reaches(RoomType type) => _types.Contains(type);

    /// <summary>The engine and what only words a message: an edit there changes no product.</summary>
    public static bool IsOutside(RoomType type) =>
        Engine.Any(room => type.Room.Name == $"TauPipeline.{room}")
        || type.FullName.Split('/')[0] is var outer
            && (
                outer.EndsWith("Errors", StringComparison.Ordinal)
                || (type.Room.Name == "TauPipeline.Foundation" && outer != "TauPipeline.Foundation.CounterRandom"));

    private void Follow(CodeMember member)
    {
        _outside.AddRange(member.Outside.Select(method => new OutsideCall(member.Line.Name, method)));
        foreach (RoomType type in member.Types) Reach(type);
        foreach (RoomMethod method in member.Methods) Reach(method);
        foreach (RoomType type in member.Statics.Where(IsNeighbour))
            foreach (RoomMethod method in CodeMembers.MethodsOf(type).Where(method => method.Name == ".cctor")) Reach(method);
    }

    private void Reach(RoomType type)
    {
        if (_types.Contains(type) || IsOutside(type)) return;
        _types.Add(type);
        if (IsNeighbour(type)) return;
        Take(_members.Of(type));
        foreach (RoomMethod method in _members.CarriedBy(type)) Reach(method);
    }

    private void Reach(RoomMethod method)
    {
        if (_methods.Contains(method) || IsOutside(method.Type)) return;
        Reach(method.Type);
        // A stage's summary is a line of a table.
        if (method.Name == "get_Summary" && StageClasses.IsStage(method.Type)) return;
        if (_methods.Add(method)) Take(_members.Of(method));
    }

    private bool IsNeighbour(RoomType type) => type != _stage && StageClasses.IsStage(type);

    private void Take(CodeMember member)
    {
        _lines.Add(member.Line.Name, member.Line);
        _open.Enqueue(member);
    }
}
