namespace TauPipeline.RootIO;

/// <summary>Where in a file something stands: for messages only.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Offset">Position of the record in the file.</param>
/// <param name="Object">Path of the object the record belongs to, say <c>dir/tree/branch</c>.</param>
internal readonly record struct Place(string File, long Offset, string Object)
{
    public override string ToString() => $"{File}@{Offset}" + (Object.Length > 0 ? $", {Object}" : "");
}
