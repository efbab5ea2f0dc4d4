using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace TauPipeline.Tasks;

/// <summary>
/// One member as text that depends on nothing but what it does: tokens are names. What has a compiler-made name (lambdas,
/// state machines, constant data) is numbered in the order in which the member meets it, and its content follows.
/// </summary>
internal sealed class MemberText
{
    private readonly Rooms _rooms;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<object, int> _made = [];
    private readonly Queue<Action> _contents = new();

    private MemberText(Rooms rooms) => _rooms = rooms;

    /// <summary>Types of ours that the member names, itself or through what the compiler made for it.</summary>
    public HashSet<RoomType> Types { get; } = [];

    /// <summary>Methods of ours that it calls or points at.</summary>
    public HashSet<RoomMethod> Methods { get; } = [];

    /// <summary>Types of ours whose static fields it uses.</summary>
    public HashSet<RoomType> Statics { get; } = [];

    /// <summary>Methods of the runtime and of packages that it calls or points at: <c>System.Math::Sin</c>.</summary>
    public HashSet<string> Outside { get; } = [];

    /// <summary>The text.</summary>
    public string Text => _text.ToString();

    /// <summary>A type's skeleton: all of it but its methods.</summary>
    public static MemberText Of(Rooms rooms, RoomType type)
    {
        var text = new MemberText(rooms);
        new SkeletonText(text, type.Room, text._text).Write(type);
        return text.Whole();
    }

    /// <summary>A method with its body.</summary>
    public static MemberText Of(Rooms rooms, RoomMethod method)
    {
        var text = new MemberText(rooms);
        text.Write(method);
        return text.Whole();
    }

    public TypeNames Names(Room room) => new(_rooms, room, Name);

    /// <summary>A type's name alone, <c>Namespace.Type</c>: naming it this way reaches nothing.</summary>
    public string PlainName(Room room, EntityHandle type)
    {
        string name = _rooms.PlainNames(room).Of(type);
        return name[(name.IndexOf(']', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>The name of a token's target, as a call or a read of it is written.</summary>
    public string Token(Room room, int token) => token >> 24 == 0x70
        ? $"\"{room.Reader.GetUserString((UserStringHandle)MetadataTokens.Handle(token))}\""
        : Name(room, (EntityHandle)MetadataTokens.Handle(token));

    private string Name(Room room, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.FieldDefinition => Name(new RoomField(room, (FieldDefinitionHandle)handle)),
        HandleKind.MethodDefinition => Name(new RoomMethod(room, (MethodDefinitionHandle)handle)),
        HandleKind.MemberReference => Name(room, room.Reader.GetMemberReference((MemberReferenceHandle)handle)),
        HandleKind.MethodSpecification => Name(room, room.Reader.GetMethodSpecification((MethodSpecificationHandle)handle)),
        HandleKind.StandaloneSignature => SignatureText.Of(
            room.Reader.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(Names(room), null)),
        _ => Names(room).Of(handle),
    };

    private string Name(Room room, MethodSpecification method) =>
        $"{Name(room, method.Method)}<{string.Join(", ", method.DecodeSignature(Names(room), null))}>";

    private string Name(Room room, MemberReference reference)
    {
        bool isField = reference.GetKind() == MemberReferenceKind.Field;
        string parent = Names(room).Of(reference.Parent);
        if (_rooms.TypeBehind(room, reference.Parent) is { } type)
            return $"{parent} . {(isField ? Name(Rooms.Find(type, room, reference.Name)) : Name(_rooms.Find(type, room, reference)))}";
        if (!isField) Outside.Add($"{PlainName(room, reference.Parent)}::{room.Reader.GetString(reference.Name)}");
        string kind = isField
            ? reference.DecodeFieldSignature(Names(room), null)
            : SignatureText.Of(reference.DecodeMethodSignature(Names(room), null));
        return $"{parent}::{room.Reader.GetString(reference.Name)} {kind}";
    }

    private string Name(RoomType type)
    {
        if (CompilerMade.Is(type)) return Number(type, () => new SkeletonText(this, type.Room, _text).WriteMade(type));
        Types.Add(type);
        return type.FullName;
    }

    private string Name(RoomMethod method)
    {
        string type = Name(method.Type);
        if (CompilerMade.Is(method)) return Number(method, () => Write(method));
        Methods.Add(method);
        return $"{type}::{method.Name} {SignatureText.Of(method.Definition.DecodeSignature(Names(method.Room), null))}";
    }

    private string Name(RoomField field)
    {
        string type = Name(field.Type);
        if (CompilerMade.Is(field.Type)) return Number(field, () => Write(field));
        if (field.Definition.Attributes.HasFlag(System.Reflection.FieldAttributes.Static)) Statics.Add(field.Type);
        return $"{type}::{field.Room.Reader.GetString(field.Definition.Name)}";
    }

    /// <summary>The number of what the compiler named; its content is written later, once.</summary>
    public string Number(object made, Action content)
    {
        if (!_made.TryGetValue(made, out int number))
        {
            _made[made] = number = _made.Count;
            _contents.Enqueue(() =>
            {
                _text.Append(CultureInfo.InvariantCulture, $"#{number} is\n");
                content();
            });
        }
        return string.Create(CultureInfo.InvariantCulture, $"#{number}");
    }

    private MemberText Whole()
    {
        while (_contents.TryDequeue(out Action? content)) content();
        return this;
    }

    private void Write(RoomField field)
    {
        FieldDefinition definition = field.Definition;
        _text.Append(
            CultureInfo.InvariantCulture,
            $"field {definition.Attributes} {definition.DecodeSignature(Names(field.Room), null)}\n");
        if (definition.GetRelativeVirtualAddress() is var address and not 0)
            _text.Append("data ").Append(Convert.ToHexString(Data(field, address))).Append('\n');
    }

    // Constant data has the size of its field's type: a primitive, or a struct made for that size.
    private static byte[] Data(RoomField field, int address)
    {
        BlobReader signature = field.Room.Reader.GetBlobReader(field.Definition.Signature);
        signature.ReadSignatureHeader();
        int size = signature.ReadSignatureTypeCode() switch
        {
            SignatureTypeCode.TypeHandle => field
                .Room.Reader.GetTypeDefinition((TypeDefinitionHandle)signature.ReadTypeHandle())
                .GetLayout()
                .Size,
            SignatureTypeCode.Boolean or SignatureTypeCode.SByte or SignatureTypeCode.Byte => 1,
            SignatureTypeCode.Int16 or SignatureTypeCode.UInt16 or SignatureTypeCode.Char => 2,
            SignatureTypeCode.Int32 or SignatureTypeCode.UInt32 or SignatureTypeCode.Single => 4,
            _ => 8,
        };
        PEMemoryBlock block = field.Room.Image.GetSectionData(address);
        return block.GetReader(0, size).ReadBytes(size);
    }

    private void Write(RoomMethod method)
    {
        Room room = method.Room;
        MethodDefinition definition = method.Definition;
        _text.Append(
            CultureInfo.InvariantCulture,
            $"{definition.Attributes} | {definition.ImplAttributes} {SignatureText.Of(definition.DecodeSignature(Names(room), null))}\n");
        var skeleton = new SkeletonText(this, room, _text);
        skeleton.Write(definition.GetGenericParameters());
        skeleton.Write(definition.GetCustomAttributes());
        if (definition.GetImport() is { Module.IsNil: false } import)
            _text.Append(
                CultureInfo.InvariantCulture,
                $"import {room.Reader.GetString(room.Reader.GetModuleReference(import.Module).Name)} {room.Reader.GetString(import.Name)} {import.Attributes}\n"
            );
        if (definition.RelativeVirtualAddress != 0)
            BodyText.Write(_text, room.Image.GetMethodBody(definition.RelativeVirtualAddress), room, this);
    }
}
