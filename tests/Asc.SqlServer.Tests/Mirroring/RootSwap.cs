using System.Linq.Expressions;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;

namespace Asc.SqlServer.Tests.Mirroring;

/// <summary>Makes a query one of another context's: its roots become the same tables there.</summary>
internal sealed class RootSwap(ControlPlaneContext server) : ExpressionVisitor
{
    protected override Expression VisitExtension(Expression node) => node switch
    {
        // Exactly: a root with SQL of its own would lose it.
        EntityQueryRootExpression root when root.GetType() == typeof(EntityQueryRootExpression) =>
            new EntityQueryRootExpression(server.GetService<IAsyncQueryProvider>(), server.Model.FindEntityType(root.ElementType)!),
        QueryRootExpression root => throw new NotSupportedException($"the mirror knows no {root.GetType().Name}"),
        _ => base.VisitExtension(node),
    };
}
