using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>What can be wrong with a histogram or graph, or with what is asked of one.</summary>
internal static class HistogramErrors
{
    public static StepFailed OtherClass(Place place, string wanted, string found) => new(new ErrorText(
        $"'{place.Object}' is not a {wanted} that is read", [("where", place.ToString()), ("found", found)]));

    public static StepFailed Undescribed(Place place, string className, int version, IEnumerable<int> known) => new(new ErrorText(
        $"version {version} of {className} is not read",
        [("where", place.ToString()), ("described in the file", string.Join(", ", known.DefaultIfEmpty()))]));

    public static StepFailed TooOld(Place place, string className, int version) => new(new ErrorText(
        $"version {version} of {className} is not read",
        [("where", place.ToString()), ("because", "ROOT wrote it by hand-made code, not as it is described")]));

    public static StepFailed MemberNotRead(Place place, string className, string member, string type) => new(new ErrorText(
        $"'{place.Object}' cannot be read", [("where", place.ToString()), ("because", $"member {className}::{member} is of type {type}")]));

    public static StepFailed NoMember(Place place, string className, string member) => new(new ErrorText(
        $"'{place.Object}' cannot be read", [("where", place.ToString()), ("because", $"its class {className} has no member {member}")]));

    public static StepFailed Buffered(Place place, double entries) => new(new ErrorText(
        $"'{place.Object}' cannot be read",
        [("where", place.ToString()), ("because", $"{entries} fills are still in its buffer, not in its bins")],
        "write it again after TH1::BufferEmpty"));

    public static Misuse CannotWrite(string name, string expected, string found) => new(new ErrorText(
        $"'{name}' cannot be written to a ROOT file", [("expected", expected), ("found", found)]));
}
