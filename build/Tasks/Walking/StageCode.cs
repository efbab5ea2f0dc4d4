using System.Text;

namespace TauPipeline.Tasks;

/// <summary>A call of what is not ours.</summary>
/// <param name="By">The full name of a member of ours.</param>
/// <param name="Method"><c>System.Math::Sin</c>.</param>
internal sealed record OutsideCall(string By, string Method);

/// <summary>All that a stage's code reaches, and the fingerprint over it.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Lines">What it reaches, member by member.</param>
/// <param name="Outside">What it calls that is not ours: that is told by a step's tools, or is the same everywhere.</param>
internal sealed record StageCode(string Stage, IReadOnlyList<CodeLine> Lines, IReadOnlyList<OutsideCall> Outside)
{
    /// <summary>Raised when the walk or its text changes its meaning: then every stage is stale once.</summary>
    private const string WalkFormat = "1";

    private const string Suffix = "Stage";

    /// <summary>sha256, lower-case hexadecimal.</summary>
    public string Fingerprint =>
        CodeLine.HashOf(
            Lines.Aggregate(new StringBuilder($"walk {WalkFormat}\n"), (text, line) =>
                    text.Append(line.Hash).Append(' ').Append(line.Name).Append('\n'))
                .ToString());

    /// <summary>A line a member: hash, short name, full name.</summary>
    public string Listing => string.Concat(Lines.Select(line => $"{line.Hash}\t{line.Short}\t{line.Name}\n"));

    /// <summary>The code of every stage in these assemblies.</summary>
    /// <param name="assemblies">Paths of our assemblies: IL, never reference assemblies.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="stages">Name of the assembly that holds the stages.</param>
    /// <exception cref="UnfitCodeException">Code that no fingerprint can stand for.</exception>
    public static IReadOnlyList<StageCode> Of(IEnumerable<string> assemblies, string root, string stages)
    {
        using var rooms = Rooms.Open(assemblies);
        foreach (Room room in rooms.All) CallerPlaces.Check(room);
        OtherCode[] others = [.. rooms.All.SelectMany(room => OtherCode.Of(room, root))];
        var members = new CodeMembers(rooms);
        var classes = new StageClasses(rooms);
        return [.. classes.All(stages).Select(stage => Of(stage, CodeWalk.From(members, stage, classes.SettingsOf(stage)), others))];
    }

    private static StageCode Of(RoomType stage, CodeWalk walk, OtherCode[] others)
    {
        string name = CodeMembers.ShortName(stage);
        IEnumerable<CodeLine> files = others.Where(other => walk.Reaches(other.User))
            .SelectMany(other => other.Files)
            .DistinctBy(file => file.Name);
        return new StageCode(
            name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name,
            [.. walk.Lines, .. files.OrderBy(file => file.Name, StringComparer.Ordinal)],
            walk.Outside);
    }
}
