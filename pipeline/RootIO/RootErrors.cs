using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>What can be wrong with a ROOT file, or with what is asked of one.</summary>
internal static class RootErrors
{
    /// <summary>The first error of several threads that is one of these, if any is.</summary>
    public static StepFailed? FirstOf(AggregateException several) => several.InnerExceptions.OfType<StepFailed>().FirstOrDefault();

    public static StepFailed Unreadable(string path, Exception cause) =>
        new(new ErrorText($"'{path}' cannot be opened", [("because", cause.Message)]), cause);

    public static StepFailed NotRoot(string path, long length, ReadOnlySpan<byte> first) => new(new ErrorText(
        $"'{path}' is not a ROOT file",
        [
            ("expected", "a file that begins with 'root', of at least 63 bytes"),
            ("found", $"{length} bytes beginning with {Convert.ToHexStringLower(first)}"),
        ]));

    public static StepFailed Truncated(Place place, long wanted, long length) => new(new ErrorText(
        $"'{place.File}' is truncated",
        [("where", place.ToString()), ("needed", $"bytes up to {wanted}"), ("found", $"a file of {length} bytes")],
        "copy it again from its origin"));

    public static StepFailed NotClosed(string path, long length) => new(new ErrorText($"'{path}' was not closed",
        [
            ("expected", "a list of its objects, or records of objects"),
            ("found", $"neither in {length} bytes: what wrote it ended before it wrote a tree or histogram"),
        ],
        "write it again, or take it off the list of inputs"));

    public static StepFailed KeyDamaged(Place place, TKey key) =>
        Damaged(
            place,
            "a key",
            $"at least {key.NamesEnd} key bytes inside its record",
        $"{key.KeyBytes} key bytes in a record of {key.RecordBytes}, object of {key.ObjectBytes}");

    public static StepFailed Damaged(Place place, string what, string expected, string found) => new(new ErrorText(
        $"{what} is damaged", [("where", place.ToString()), ("expected", expected), ("found", found)]));

    public static StepFailed PastTheEnd(Place place, int position, long wanted, int left) =>
        Damaged(place, "a record", $"{wanted} more bytes at byte {position}", $"{left}");

    public static StepFailed TooMany(Place place, int position, int count, int most) =>
        Damaged(place, "a record", $"a count from 0 to {most} at byte {position}", $"{count}");

    public static StepFailed ReadTooFar(Place place, int position, int end) =>
        Damaged(place, "an object", $"an end at byte {end}", $"content up to byte {position}");

    public static StepFailed NoByteCount(Place place, int position) =>
        Damaged(place, "an object", "a byte count", $"none before byte {position}");

    public static StepFailed Codec(Place place, string codec, string fault) =>
        Damaged(place, $"a {codec} block", "a whole, unchanged block", fault);

    public static StepFailed UnknownCodec(Place place, string tag) => new(new ErrorText(
        $"compression '{tag}' is not read",
        [("where", place.ToString()), ("read", "ZL (zlib), XZ (LZMA), L4 (LZ4), ZS (zstd), CS (deflate)")]));

    public static StepFailed OtherVersion(Place place, string type, int version, string known) => new(new ErrorText(
        $"version {version} of {type} is not read", [("where", place.ToString()), ("read", known)]));

    public static StepFailed NoSuchMember(Place place, string type, StreamerElement member) => new(new ErrorText(
        $"member '{member.Name}' of {type} is not read",
        [("where", place.ToString()), ("type", $"{member.TypeName} (code {member.Type})")]));

    public static StepFailed NoObject(string file, string path, IEnumerable<string> known) => new(new ErrorText(
        $"'{file}' has no '{path}'", [("nearest", ErrorText.Nearest(path, known.Distinct()))]));

    public static StepFailed NotATree(Place place, string found) => new(new ErrorText(
        $"'{place.Object}' is not a tree", [("where", place.ToString()), ("expected", "TTree, TNtuple or TNtupleD"), ("found", found)]));

    public static StepFailed NoBranch(Place tree, string name, IEnumerable<string> known) => new(new ErrorText(
        $"tree '{tree.Object}' has no branch '{name}'", [("file", tree.File), ("nearest", ErrorText.Nearest(name, known))]));

    public static StepFailed NotRead(Place branch, string type, string reason) => new(new ErrorText(
        $"branch '{branch.Object}' cannot be read", [("where", branch.ToString()), ("type", type), ("because", reason)]));

    public static StepFailed OtherType(Place branch, string expected, string found) => new(new ErrorText(
        $"branch '{branch.Object}' has another type", [("where", branch.ToString()), ("expected", expected), ("found", found)]));

    public static StepFailed NoSuchEntries(Place branch, long first, long last, long entries) => new(new ErrorText(
        $"'{branch.Object}' has no entries {first} to {last}", [("where", branch.ToString()), ("entries", $"{entries}")]));

    public static StepFailed TooManyValues(Place branch, int rows) => new(new ErrorText(
        $"{rows} entries of '{branch.Object}' are too many for one batch",
        [("where", branch.ToString()), ("most values", $"{Array.MaxLength}")],
        "read fewer entries at a time"));

    public static StepFailed OtherValues(RootColumnShape column, string asked) => new(new ErrorText(
        $"column '{column.Name}' does not hold {asked}", [("found", column.TypeName)]));

    public static StepFailed TooDeep(RootColumnShape column) => new(new ErrorText(
        $"column '{column.Name}' does not fit a batch of flat and jagged columns",
        [("type", column.TypeName)],
        "read it by its levels of offsets instead"));

    public static StepFailed NoColumn(string file, string name, IEnumerable<string> known) => new(new ErrorText(
        $"no column '{name}' was read from '{file}'", [("nearest", ErrorText.Nearest(name, known))]));

    public static Misuse CannotWrite(ColumnSpec column, string reason) => new(new ErrorText(
        $"column '{column.Name}' cannot be written to a ROOT file", [("type", column.TypeName), ("because", reason)]));

    public static Misuse CannotWrite(RootColumnShape column) => new(new ErrorText(
        $"column '{column.Name}' cannot be written to a ROOT file",
        [
            ("type", column.TypeName),
            ("because", "beside the columns of a schema there are only texts, and vectors of vectors of numbers"),
        ]));

    public static Misuse TwoBranches(string tree, string name) => new($"tree '{tree}' has two branches '{name}'");

    public static StepFailed OtherColumn(string tree, RootColumnShape expected, string found) => new(new ErrorText(
        $"column '{expected.Name}' does not fit tree '{tree}'", [("expected", expected.TypeName), ("found", found)]));

    public static StepFailed OtherColumn(string tree, ColumnSpec expected, ColumnSpec found) => new(new ErrorText(
        $"column '{expected.Name}' does not fit tree '{tree}'", [("expected", expected.TypeName), ("found", found.TypeName)]));

    public static StepFailed OtherLength(string tree, ColumnSpec column, string expected) => new(new ErrorText(
        $"column '{column.Name}' does not fit tree '{tree}'", [("expected", expected), ("found", "other numbers of values")]));
}
