using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace TauPipeline.Tasks;

/// <summary>
/// Writes the types of a room's signatures as names: ours as <paramref name="ours"/> says, all others with assembly and version.
/// </summary>
/// <param name="rooms">Which are ours.</param>
/// <param name="room">Whose signatures.</param>
/// <param name="ours">Writes a type of ours, and learns of it.</param>
/// <param name="theirs">Learns of a type that is not ours.</param>
internal sealed class TypeNames(Rooms rooms, Room room, Func<RoomType, string> ours, Action<string>? theirs = null)
    : ISignatureTypeProvider<string, object?>
{
    public string Of(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(room.Reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => GetTypeFromReference(room.Reader, (TypeReferenceHandle)handle, 0),
        _ => GetTypeFromSpecification(room.Reader, null, (TypeSpecificationHandle)handle, 0),
    };

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        ours(new RoomType(room, handle));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        if (rooms.Find(room, handle) is { } own) return ours(own);
        string name = Foreign(handle);
        theirs?.Invoke(name);
        return name;
    }

    public string GetTypeFromSpecification(
        MetadataReader reader,
        object? genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();
    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";
    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";
    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";
    public string GetSZArrayType(string elementType) => elementType + "[]";
    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";
    public string GetByReferenceType(string elementType) => elementType + "&";
    public string GetPointerType(string elementType) => elementType + "*";
    public string GetPinnedType(string elementType) => elementType + " pinned";
    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";
    public string GetFunctionPointerType(MethodSignature<string> signature) =>
        $"fn {signature.Header.CallingConvention} {SignatureText.Of(signature)}";

    private string Foreign(TypeReferenceHandle handle)
    {
        TypeReference type = room.Reader.GetTypeReference(handle);
        string name = room.Reader.GetString(type.Name), space = room.Reader.GetString(type.Namespace);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference) return $"{Foreign((TypeReferenceHandle)type.ResolutionScope)}/{name}";
        if (type.ResolutionScope.Kind != HandleKind.AssemblyReference) return $"{space}.{name}";
        AssemblyReference assembly = room.Reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
        return $"[{room.Reader.GetString(assembly.Name)} {assembly.Version}]{space}.{name}";
    }
}
