using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TauPipeline.Tasks;

/// <summary>A type that is defined in a room.</summary>
internal readonly record struct RoomType(Room Room, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Room.Reader.GetTypeDefinition(Handle);

    public string FullName => Room.NameOf(Handle);
}

/// <summary>A method that is defined in a room.</summary>
internal readonly record struct RoomMethod(Room Room, MethodDefinitionHandle Handle)
{
    public MethodDefinition Definition => Room.Reader.GetMethodDefinition(Handle);

    public RoomType Type => new(Room, Definition.GetDeclaringType());

    public string Name => Room.Reader.GetString(Definition.Name);
}

/// <summary>A field that is defined in a room.</summary>
internal readonly record struct RoomField(Room Room, FieldDefinitionHandle Handle)
{
    public FieldDefinition Definition => Room.Reader.GetFieldDefinition(Handle);

    public RoomType Type => new(Room, Definition.GetDeclaringType());
}

/// <summary>A compiled assembly of ours.</summary>
internal sealed class Room : IDisposable
{
    private readonly Dictionary<string, TypeDefinitionHandle> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<TypeDefinitionHandle, string> _names = [];
    private readonly Dictionary<TypeDefinitionHandle, bool> _made = [];

    public Room(string path)
    {
        // Read whole: the file is free again at once, for the next compilation.
        Image = new PEReader([.. File.ReadAllBytes(path)]);
        Reader = Image.GetMetadataReader();
        Name = Reader.GetString(Reader.GetAssemblyDefinition().Name);
        foreach (TypeDefinitionHandle handle in Reader.TypeDefinitions) _types[NameOf(handle)] = handle;
    }

    /// <summary>The assembly's name, <c>TauPipeline.Statistics</c>.</summary>
    public string Name { get; }

    public PEReader Image { get; }

    public MetadataReader Reader { get; }

    public IEnumerable<RoomType> Types => _types.Values.Select(handle => new RoomType(this, handle));

    public RoomType? Find(string fullName) =>
        _types.TryGetValue(fullName, out TypeDefinitionHandle handle) ? new RoomType(this, handle) : null;

    /// <summary><c>Namespace.Outer/Inner</c>.</summary>
    public string NameOf(TypeDefinitionHandle handle)
    {
        if (_names.TryGetValue(handle, out string? known)) return known;
        TypeDefinition type = Reader.GetTypeDefinition(handle);
        string name = Reader.GetString(type.Name), space = Reader.GetString(type.Namespace);
        return _names[handle] = type.IsNested ? $"{NameOf(type.GetDeclaringType())}/{name}" : space.Length == 0 ? name : $"{space}.{name}";
    }

    /// <summary>
    /// Whether the compiler made the type up: closures, state machines, anonymous types, constant data, file-local types, and what is
    /// nested in them.
    /// </summary>
    public bool IsMade(TypeDefinitionHandle handle)
    {
        if (_made.TryGetValue(handle, out bool known)) return known;
        TypeDefinition type = Reader.GetTypeDefinition(handle);
        return _made[handle] = Reader.GetString(type.Name).StartsWith('<') || (type.IsNested && IsMade(type.GetDeclaringType()));
    }

    public void Dispose() => Image.Dispose();
}
