using TauPipeline.Foundation;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>What can be wrong with an HDF5 file or with the library that reads it.</summary>
internal static class Hdf5Errors
{
    public static StepFailed OldLibrary(Version found, Version oldest) => new(new ErrorText(
        "the HDF5 library is too old", [("found", found.ToString()), ("expected", $"{oldest} or newer")]));

    public static StepFailed Failed(Hdf5Place at, string reason) => new(new ErrorText(
        $"'{at.File}': HDF5 cannot do its work on {at.Object}", [("HDF5 says", reason)]));

    public static StepFailed NoFile(string path) => new($"there is no file '{path}'");

    public static StepFailed NotHdf5(string path, string reason) => new(new ErrorText($"'{path}' is not a readable HDF5 file", [("HDF5 says", reason)]));

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

    public static StepFailed BadChunk(Hdf5Place at, long row, string reason) => new(new ErrorText(
        $"'{at.File}': a chunk of {at.Object} is damaged", [("chunk", $"of row {row}"), ("found", reason)]));

    public static StepFailed UnknownFilter(Hdf5Place at, string filter) => new(new ErrorText(
        $"'{at.File}': {at.Object} is compressed in a way that cannot be read", [("filter", filter), ("known", "deflate, shuffle, and what HDF5's own plugins add")],
        "put the filter's plugin where HDF5_PLUGIN_PATH says, or repack the file with  h5repack -f GZIP=4"));
}
