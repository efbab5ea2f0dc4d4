namespace TauPipeline.Tasks;

/// <summary>Names that the compiler made up: they count what else is in the type or file, so they must not be part of a text.</summary>
internal static class CompilerMade
{
    /// <summary>Closures, state machines, anonymous types, constant data, file-local types, and what is nested in them.</summary>
    public static bool Is(RoomType type) => type.Room.IsMade(type.Handle);

    /// <summary>Lambdas and local functions, and all members of a made type. <c>&lt;Clone&gt;$</c> of a record is a name.</summary>
    public static bool Is(RoomMethod method) => (method.Name.StartsWith('<') && method.Name != "<Clone>$") || Is(method.Type);
}
