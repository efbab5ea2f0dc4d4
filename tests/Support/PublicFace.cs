using System.Reflection;

namespace TauPipeline.Tests.Support;

/// <summary>What an assembly offers to others, as text: a line a public type and a line a public member, sorted.</summary>
public static class PublicFace
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The public types with their members; what records and enumerations have by themselves is left out.</summary>
    public static string Of(Assembly assembly) => string.Concat(
        assembly.GetExportedTypes()
            .OrderBy(NameOf, StringComparer.Ordinal)
            .Select(type => $"{KindOf(type)} {NameOf(type)}\n{string.Concat(Members(type))}"));

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Declared).Where(IsOurs).Select(Line).Order(StringComparer.Ordinal).Select(line => $"  {line}\n");

    private static bool IsOurs(MemberInfo member) => member is not MethodBase { IsSpecialName: true, IsConstructor: false }
        && !member.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        && member is not FieldInfo { Name: "value__" };

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo made => $"new({Parameters(made)})",
        MethodInfo method => $"{Static(method)}{NameOf(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        PropertyInfo property => $"{Static(property.GetMethod!)}{NameOf(property.PropertyType)} {property.Name}",
        FieldInfo field => field.DeclaringType!.IsEnum
            ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}"
            : $"{NameOf(field.FieldType)} {field.Name}",
        _ => $"{member.MemberType} {member.Name}",
    };

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ",
            method.GetParameters().Select(one => $"{NameOf(one.ParameterType)} {one.Name}{(one.IsOptional ? " = ..." : "")}"));

    private static string KindOf(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : "class";

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
