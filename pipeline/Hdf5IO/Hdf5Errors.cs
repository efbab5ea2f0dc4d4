using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>What can be wrong with an HDF5 file.</summary>
internal static class Hdf5Errors
{
    public static StepFailed Failed(Hdf5Place at, string reason) => new(new ErrorText(
        $"'{at.File}': HDF5 cannot do its work on {at.Object}", [("HDF5 says", reason)]));

    public static StepFailed NoFile(string path) => new($"there is no file '{path}'");

    public static StepFailed NotHdf5(string path, string reason) =>
        new(new ErrorText($"'{path}' is not a readable HDF5 file", [("HDF5 says", reason)]));

    public static StepFailed NoObject(Hdf5Place at, string kind, IEnumerable<string> known) => new(new ErrorText(
        $"'{at.File}' has no {kind} {at.Object}", [("nearest", ErrorText.Nearest(at.Object, known))]));

    public static StepFailed NoAttribute(Hdf5Place at, string name, IEnumerable<string> known) => new(new ErrorText(
        $"'{at.File}': {at.Object} has no attribute '{name}'", [("nearest", ErrorText.Nearest(name, known))]));

    public static StepFailed OtherType(Hdf5Place at, string expected, string found) => new(new ErrorText(
        $"'{at.File}': {at.Object} has another type", [("expected", expected), ("found", found)]));

    public static StepFailed OutOfRange(Hdf5Place at, long first, long rows, long has) => new(new ErrorText(
        $"'{at.File}': {at.Object} ends too early", [("wanted", $"rows {first} to {first + rows}"), ("has", $"{has} rows")]));

    public static StepFailed TooLarge(Hdf5Place at, string what, long size) => new(new ErrorText(
        $"'{at.File}': {at.Object} states a size that cannot be", [("of", what), ("found", $"{size} bytes")]));

    public static StepFailed TooMany(Hdf5Place at, int most) => new(new ErrorText(
        $"'{at.File}': its groups have no end", [("at", at.Object), ("found", $"more than {most} objects")]));

    public static StepFailed TooDeep(Hdf5Place at, int most) => new(new ErrorText(
        $"'{at.File}': its groups have no end", [("at", at.Object), ("found", $"groups in groups, more than {most} deep")]));

    public static StepFailed BadChunk(Hdf5Place at, long row, string reason) => new(new ErrorText(
        $"'{at.File}': a chunk of {at.Object} is damaged", [("chunk", $"of row {row}"), ("found", reason)]));

    public static StepFailed UnknownFilter(Hdf5Place at, string filter) => new(new ErrorText(
        $"'{at.File}': {at.Object} is compressed in a way that cannot be read", [("filter", filter), ("known", Hdf5Filter.KnownNames)],
        "repack the file with  h5repack -f GZIP=4"));

    public static StepFailed OtherLayout(Hdf5Place at, string layout) => new(new ErrorText(
        $"'{at.File}': {at.Object} is stored in a way that cannot be read",
        [("layout", layout), ("known", "compact, contiguous, chunked")]));

    public static StepFailed Exists(Hdf5Place at) => new($"'{at.File}': there is already something at {at.Object}");

    public static StepFailed AttributeTooLarge(Hdf5Place at, string name, long size) => new(new ErrorText(
        $"'{at.File}': attribute '{name}' of {at.Object} is too large",
        [("found", $"{size} bytes"), ("most", "65,535 with its name and type")]));

    public static Defect Unfinished(Hdf5Place at) => new($"'{at.File}': dataset {at.Object} was begun and is not complete");

    public static Defect OtherLibrary(string part) => new($"PureHDF is not the version that this room was written for: it has no {part}");
}
