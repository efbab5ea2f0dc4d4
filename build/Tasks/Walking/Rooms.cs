using System.Reflection.Metadata;

namespace TauPipeline.Tasks;

/// <summary>All assemblies of ours, and where in them is what another one refers to.</summary>
internal sealed class Rooms : IDisposable
{
    private readonly Dictionary<string, Room> _rooms;
    private readonly Dictionary<RoomType, List<(string Name, string Signature, RoomMethod Method)>> _methods = [];

    private Rooms(IEnumerable<string> paths) =>
        _rooms = paths.Select(path => new Room(path)).ToDictionary(room => room.Name, StringComparer.Ordinal);

    public static Rooms Open(IEnumerable<string> paths) => new(paths);

    public IEnumerable<Room> All => _rooms.Values;

    public void Dispose()
    {
        foreach (Room room in _rooms.Values) room.Dispose();
    }

    /// <summary>
    /// The type behind a handle of <paramref name="from"/>, of an instantiation the generic type; none if it is not ours.
    /// </summary>
    public RoomType? TypeBehind(Room from, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => new RoomType(from, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => Find(from, (TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => GenericType(from, (TypeSpecificationHandle)handle) is { IsNil: false } generic
            ? TypeBehind(from, generic)
            : null,
        _ => null,
    };

    /// <summary>The type that a reference names; none if it is not ours.</summary>
    public RoomType? Find(Room from, TypeReferenceHandle handle)
    {
        TypeReference type = from.Reader.GetTypeReference(handle);
        string name = from.Reader.GetString(type.Name), space = from.Reader.GetString(type.Namespace);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.AssemblyReference => _rooms
                .GetValueOrDefault(
                    from.Reader.GetString(from.Reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name))
                ?.Find(space.Length == 0 ? name : $"{space}.{name}"),
            HandleKind.TypeReference => Find(from, (TypeReferenceHandle)type.ResolutionScope) is { } outer
                ? outer.Room.Find($"{outer.FullName}/{name}")
                : null,
            _ => null,
        };
    }

    /// <summary>The method of a type of ours that a reference means.</summary>
    public RoomMethod Find(RoomType type, Room from, MemberReference reference)
    {
        string name = from.Reader.GetString(reference.Name);
        string signature = SignatureText.Of(reference.DecodeMethodSignature(PlainNames(from), null));
        return MethodsOf(type)
            .Where(one => one.Name == name && one.Signature == signature)
            .Select(one => (RoomMethod?)one.Method)
            .FirstOrDefault()
            ?? throw new UnfitCodeException(
                $"{from.Name} calls {type.FullName}.{name}{signature}, which {type.Room.Name} does not have: they were not compiled together"
            );
    }

    /// <summary>The field of a type of ours that a reference means.</summary>
    public static RoomField Find(RoomType type, Room from, StringHandle name)
    {
        string wanted = from.Reader.GetString(name);
        foreach (FieldDefinitionHandle field in type.Definition.GetFields())
            if (type.Room.Reader.StringComparer.Equals(type.Room.Reader.GetFieldDefinition(field).Name, wanted))
                return new RoomField(type.Room, field);
        throw new UnfitCodeException(
            $"{from.Name} reads {type.FullName}.{wanted}, which {type.Room.Name} does not have: they were not compiled together");
    }

    /// <summary>Types as their names, compiler-made ones included: to compare signatures.</summary>
    public TypeNames PlainNames(Room room) => new(this, room, type => type.FullName);

    private List<(string Name, string Signature, RoomMethod Method)> MethodsOf(RoomType type)
    {
        if (_methods.TryGetValue(type, out List<(string, string, RoomMethod)>? known)) return known;
        TypeNames names = PlainNames(type.Room);
        return _methods[type] = [
            .. type.Definition.GetMethods()
                .Select(handle => new RoomMethod(type.Room, handle))
                .Select(method => (method.Name, SignatureText.Of(method.Definition.DecodeSignature(names, null)), method)),
        ];
    }

    // Of an instantiation GENERICINST (CLASS | VALUETYPE) type …; of anything else (arrays, parameters) there is no type of ours.
    private static EntityHandle GenericType(Room room, TypeSpecificationHandle handle)
    {
        BlobReader blob = room.Reader.GetBlobReader(room.Reader.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return default;
        blob.ReadSignatureTypeCode();
        return blob.ReadTypeHandle();
    }
}
