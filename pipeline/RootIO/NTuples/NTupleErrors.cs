using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>What can be wrong with an RNTuple, or with what is asked of one.</summary>
internal static class NTupleErrors
{
    public static StepFailed Checksum(Place place, string what) =>
        RootErrors.Damaged(place, $"{what} of an RNTuple", "bytes that its XXH3 checksum belongs to", "others");

    public static StepFailed Feature(Place place, long flags) => new(new ErrorText(
        "an RNTuple uses a feature that is not read",
        [("where", place.ToString()), ("read", "RNTuple 1.0 without feature flags"), ("found", $"flags {flags:x}")]));

    public static StepFailed Locator(Place place, int type) => new(new ErrorText(
        "a part of an RNTuple stands at a place that is not read",
        [("where", place.ToString()), ("read", "places in the same file"), ("found", $"locator type {type}")]));

    public static StepFailed Sharded(Place place, long firstEntry) => new(new ErrorText(
        "a sharded cluster is not read", [("where", place.ToString()), ("first entry", $"{firstEntry}")]));

    public static StepFailed NotAnNTuple(Place place, string found) => new(new ErrorText(
        $"'{place.Object}' is not an RNTuple", [("where", place.ToString()), ("expected", NTupleAnchor.ClassName), ("found", found)]));

    public static StepFailed NoField(Place place, string name, IEnumerable<string> known) => new(new ErrorText(
        $"RNTuple '{place.Object}' has no column '{name}'", [("file", place.File), ("nearest", ErrorText.Nearest(name, known))]));

    public static StepFailed NotRead(Place place, string type, string reason) => new(new ErrorText(
        $"column '{place.Object}' cannot be read", [("where", place.ToString()), ("type", type), ("because", reason)]));

    public static StepFailed DoesNotFit(Place place, string stored, string type) =>
        RootErrors.Damaged(place, "a page", $"values that fit {type}", $"others, stored as {stored}");
}
