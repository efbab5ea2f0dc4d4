using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;

namespace TauPipeline.Tasks;

/// <summary>
/// What a type is apart from its methods: base, interfaces, constraints, attributes, layout, fields and properties in declaration order,
/// constants.
/// </summary>
internal sealed class SkeletonText(MemberText member, Room room, StringBuilder to)
{
    // They say how a thing was compiled or is to be shown, not what it does; some name what the compiler made.
    private static readonly string[] Unimportant =
    [
        "System.Runtime.CompilerServices.",
        "System.Diagnostics.",
        "System.CodeDom.Compiler.",
        "Microsoft.CodeAnalysis.",
    ];

    private const string Important = "System.Runtime.CompilerServices.InlineArrayAttribute";

    private readonly MetadataReader _reader = room.Reader;
    private readonly TypeNames _names = member.Names(room);

    public void Write(RoomType type)
    {
        TypeDefinition definition = type.Definition;
        Head(definition);
        foreach (FieldDefinitionHandle handle in definition.GetFields())
        {
            FieldDefinition field = _reader.GetFieldDefinition(handle);
            Line(
                $"field {field.Attributes} {_reader.GetString(field.Name)} {field.DecodeSignature(_names, null)} {Constant(field.GetDefaultValue())} {field.GetOffset()}"
            );
            Write(field.GetCustomAttributes());
        }
        foreach (PropertyDefinitionHandle handle in definition.GetProperties())
        {
            PropertyDefinition property = _reader.GetPropertyDefinition(handle);
            Line($"property {_reader.GetString(property.Name)} {SignatureText.Of(property.DecodeSignature(_names, null))}");
            Write(property.GetCustomAttributes());
        }
        foreach (EventDefinitionHandle handle in definition.GetEvents())
            Line(
                $"event {_reader.GetString(_reader.GetEventDefinition(handle).Name)} {_names.Of(_reader.GetEventDefinition(handle).Type)}");
    }

    /// <summary>
    /// A type that the compiler named: its instance fields by type, and the methods that an instance is used through. All else is written
    /// where it is used.
    /// </summary>
    public void WriteMade(RoomType type)
    {
        TypeDefinition definition = type.Definition;
        Head(definition);
        foreach (
            FieldDefinition field in definition
                .GetFields()
                .Select(_reader.GetFieldDefinition)
                .Where(field => !field.Attributes.HasFlag(FieldAttributes.Static)))
            Line($"field {field.Attributes} {field.DecodeSignature(_names, null)}");
        foreach (MethodDefinitionHandle handle in definition.GetMethods())
        {
            MethodDefinition method = _reader.GetMethodDefinition(handle);
            if (method.Attributes.HasFlag(MethodAttributes.Virtual) || _reader.GetString(method.Name) == ".cctor")
                Line($"method {_reader.GetString(method.Name)} {member.Token(room, MetadataTokens.GetToken(handle))}");
        }
    }

    public void Write(GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameter parameter in parameters.Select(_reader.GetGenericParameter))
            Line(
                $"parameter {parameter.Attributes} {string.Join(", ", parameter.GetConstraints().Select(one => _names.Of(_reader.GetGenericParameterConstraint(one).Type)).Order(StringComparer.Ordinal))}"
            );
    }

    public void Write(CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttribute attribute in attributes.Select(_reader.GetCustomAttribute))
        {
            string type = NameOf(attribute);
            if (type != Important && Unimportant.Any(space => type.StartsWith(space, StringComparison.Ordinal))) continue;
            Line($"attribute {type} {Convert.ToHexString(_reader.GetBlobBytes(attribute.Value))}");
        }
    }

    private void Head(TypeDefinition definition)
    {
        TypeLayout layout = definition.GetLayout();
        Line(
            $"type {definition.Attributes} {(definition.BaseType.IsNil ? "" : _names.Of(definition.BaseType))} {layout.PackingSize} {layout.Size}"
        );
        Write(definition.GetGenericParameters());
        Write(definition.GetCustomAttributes());
        foreach (
            string name in definition
                .GetInterfaceImplementations()
                .Select(one => _names.Of(_reader.GetInterfaceImplementation(one).Interface))
                .Order(StringComparer.Ordinal))
            Line($"is {name}");
        foreach (string name in Overrides(definition).Order(StringComparer.Ordinal)) Line($"implements {name}");
    }

    // Which method stands for which of an interface, where the names alone do not say it.
    private IEnumerable<string> Overrides(TypeDefinition definition)
    {
        foreach (MethodImplementation one in definition.GetMethodImplementations().Select(_reader.GetMethodImplementation))
            if (one.MethodBody.Kind == HandleKind.MethodDefinition)
                yield return $"{Declared(one.MethodDeclaration)} {_reader.GetString(_reader.GetMethodDefinition((MethodDefinitionHandle)one.MethodBody).Name)}";
    }

    private string Declared(EntityHandle method)
    {
        if (method.Kind == HandleKind.MethodDefinition)
        {
            MethodDefinition own = _reader.GetMethodDefinition((MethodDefinitionHandle)method);
            return $"{_names.Of(own.GetDeclaringType())}::{_reader.GetString(own.Name)}";
        }
        MemberReference other = _reader.GetMemberReference((MemberReferenceHandle)method);
        return $"{_names.Of(other.Parent)}::{_reader.GetString(other.Name)}";
    }

    private string NameOf(CustomAttribute attribute) => member.PlainName(room, attribute.Constructor.Kind == HandleKind.MemberReference
        ? _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
        : _reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType());

    private string Constant(ConstantHandle handle) =>
        handle.IsNil
            ? ""
            : $"= {_reader.GetConstant(handle).TypeCode} {Convert.ToHexString(_reader.GetBlobBytes(_reader.GetConstant(handle).Value))}";

    private void Line(FormattableString line) => to.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
